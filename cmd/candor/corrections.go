package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"candor/cmd/internal/app"
)

func newCorrect() *cobra.Command {
	var o app.Correction
	cmd := &cobra.Command{Use: "correct INCIDENT", Short: "Correct what an incident did to a component, and when", Args: cobra.ExactArgs(1),
		Long: "Correct what an incident did to a component, and when, once that is over. The correction counts in the uptime instead of all that\n" +
			"was told of the component until now; the page shows both. Whoever wants to take one back corrects it again.",
		Example: `  candor correct h3k9w2q7xv5z --component test-mail --status major_outage --from "2026-12-01 10:39" --until "2026-12-01 11:20" \
    --reason "Mails that were stuck left until 11:20."
  candor correct h3k9w2q7xv5z --component classic-studio --status operational --reason "Only our check failed."`}
	cmd.Flags().String("data", "", dataHelp)
	cmd.Flags().StringVar(&o.Component, "component", "", "key of the component")
	cmd.Flags().StringVar(&o.Status, "status", "", "major_outage, partial_outage or degraded_performance; operational when nothing happened to it")
	cmd.Flags().StringVar(&o.From, "from", "", `when it really began: "2026-12-01 10:39" in the page's time zone, or RFC 3339`)
	cmd.Flags().StringVar(&o.Until, "until", "", "when it really ended, written like --from")
	cmd.Flags().StringVar(&o.Reason, "reason", "", "how it is known, for customers")
	signFlag(cmd, &o.Author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if err := app.CorrectIncident(cmd.Context(), c, args[0], o); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s is corrected for %s.\n", args[0], o.Component)
		return nil
	}
	return cmd
}

func newUpdate() *cobra.Command {
	return family("update", "Edit what an incident's updates say",
		"Edit what an incident's updates say, also while `candor serve` runs. The page shows that an update was edited, and what it said before.",
		newUpdateEdit(), newUpdateList())
}

func newUpdateEdit() *cobra.Command {
	var text, author string
	cmd := &cobra.Command{Use: "edit INCIDENT UPDATE", Short: "Give a public update another text", Args: cobra.ExactArgs(2),
		Example: `  candor update list h3k9w2q7xv5z
  candor update edit h3k9w2q7xv5z 5tq8bz1mxk0c --text "The queue was purged at 11:03, not at 11:30."`}
	cmd.Flags().StringVar(&text, "text", "", "the whole new text, in Markdown; - reads it from standard input")
	signFlag(cmd, &author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if err := readText(cmd, &text); err != nil {
			return err
		}
		if err := app.EditUpdate(cmd.Context(), c, args[0], args[1], text, author); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s is edited. What it said before stays on the page.\n", args[1])
		return nil
	}
	return cmd
}

func newUpdateList() *cobra.Command {
	return &cobra.Command{Use: "list INCIDENT", Short: "List an incident's public updates, oldest first", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			list, err := app.Updates(cmd.Context(), c, args[0])
			for _, u := range list {
				first, _, _ := strings.Cut(strings.TrimSpace(u.Wording()), "\n")
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s  %-13s  %s\n", u.ID, u.At.In(c.Site().Zone).Format("2006-01-02 15:04 MST"), u.Status, first)
			}
			return err
		}}
}
