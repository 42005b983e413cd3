package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/cmd/internal/app"
	"candor/incidents"
)

// family returns a command that only holds others.
func family(use, short, long string, members ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Long: long, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.PersistentFlags().String("data", "", dataHelp)
	cmd.AddCommand(members...)
	return cmd
}

func signFlag(cmd *cobra.Command, author *string) {
	cmd.Flags().StringVar(author, "by", userName(), "the name that it is signed with, for the team")
}

func newFollowUp() *cobra.Command {
	return family("followup", "Say what is done after an incident, and how far it is",
		"Say what is done so that an incident does not come back, also while `candor serve` runs: the page follows within a second.",
		newFollowUpAdd(), newFollowUpDone(), newFollowUpDrop(), newFollowUpList())
}

func newFollowUpAdd() *cobra.Command {
	var f app.FollowUp
	cmd := &cobra.Command{Use: "add INCIDENT", Short: "Add something to do", Args: cobra.ExactArgs(1),
		Example: `  candor followup add h3k9w2q7xv5z --text "Check the queue's size before adding to it" --due 2026-12-01 --public
  candor followup add h3k9w2q7xv5z --text "Rotate the broker's password" --owner Platform`}
	cmd.Flags().StringVar(&f.Text, "text", "", "what is to be done, in one sentence")
	cmd.Flags().StringVar(&f.Owner, "owner", "", "the team that does it; customers do not read its name without --show-owner")
	cmd.Flags().BoolVar(&f.OwnerTold, "show-owner", false, "let customers read the team's name")
	cmd.Flags().StringVar(&f.Due, "due", "", "the day by whose end it is to be done, like 2026-12-01")
	cmd.Flags().BoolVar(&f.Public, "public", false, "show it to customers, on the incident's page")
	signFlag(cmd, &f.Author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		made, err := app.AddFollowUp(cmd.Context(), c, args[0], f)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s is added, %s.\n", made.ID, seenBy(made.Public))
		return nil
	}
	return cmd
}

func seenBy(public bool) string {
	if public {
		return "for customers to see"
	}
	return "for the team"
}

func newFollowUpDone() *cobra.Command {
	var author string
	cmd := &cobra.Command{Use: "done ID", Short: "Say that it is done", Args: cobra.ExactArgs(1)}
	signFlag(cmd, &author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return endFollowUp(cmd, args[0], false, "", author) }
	return cmd
}

func newFollowUpDrop() *cobra.Command {
	var reason, author string
	cmd := &cobra.Command{Use: "drop ID", Short: "Say that it will not be done, and why", Args: cobra.ExactArgs(1)}
	cmd.Flags().StringVar(&reason, "reason", "", "why not; customers read it where they see the follow-up")
	signFlag(cmd, &author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return endFollowUp(cmd, args[0], true, reason, author) }
	return cmd
}

func endFollowUp(cmd *cobra.Command, id string, dropped bool, reason, author string) error {
	c, err := load(cmd)
	if err != nil {
		return err
	}
	f, err := app.EndFollowUp(cmd.Context(), c, id, dropped, reason, author)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s is %s: %s\n", f.ID, f.State, f.Text)
	return nil
}

func newFollowUpList() *cobra.Command {
	return &cobra.Command{Use: "list [INCIDENT]", Short: "List what is to be done after an incident, or after all", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			list, err := app.FollowUps(cmd.Context(), c, strings.Join(args, ""))
			for _, f := range list {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  of %s  %-7s  %-14s  %s\n", f.ID, f.Incident, f.State, dueWords(c, f), f.Text)
			}
			return err
		}}
}

// dueWords says by when it is to be done, and whether that has passed.
func dueWords(c *app.Config, f incidents.FollowUp) string {
	switch {
	case f.Due.IsZero():
		return "no due day"
	case f.Overdue(time.Now(), c.Site().Zone):
		return "was due " + f.Due.Format(time.DateOnly)
	}
	return "due " + f.Due.Format(time.DateOnly)
}
