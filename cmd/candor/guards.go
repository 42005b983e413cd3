package main

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"candor/cmd/internal/app"
)

func newGuard() *cobra.Command {
	return family("guard", "Let a probe watch what a postmortem promises",
		"Let a probe watch whether what prevents an incident holds. The incident's page says so under the caption; nothing else of the probe is public.",
		newGuardAdd(), newGuardRemove(), newGuardList())
}

func newGuardAdd() *cobra.Command {
	var g app.Guard
	cmd := &cobra.Command{Use: "add INCIDENT", Short: "Let a probe watch a follow-up, or the whole postmortem", Args: cobra.ExactArgs(1),
		Example: `  candor guard add h3k9w2q7xv5z --probe queue-depth --caption "The queue stays far below its limit"`}
	cmd.Flags().StringVar(&g.Probe, "probe", "", "key of the probe; customers do not see it")
	cmd.Flags().StringVar(&g.Caption, "caption", "", "what it watches, in customers' words; without it the guard is for the team")
	cmd.Flags().StringVar(&g.FollowUp, "followup", "", "id of the follow-up whose result it watches")
	cmd.Flags().StringVar(&g.Since, "since", "", `since when the prevention is in place: 2026-12-01, or a time like "2026-12-01 22:00"; now when not given`)
	signFlag(cmd, &g.Author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		made, err := app.AddGuard(cmd.Context(), c, args[0], g)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s watches since %s, %s.\n", made.ID, made.Since.In(c.Site().Zone).Format(time.DateOnly), seenBy(made.Caption != ""))
		return nil
	}
	return cmd
}

func newGuardRemove() *cobra.Command {
	var author string
	cmd := &cobra.Command{Use: "remove ID", Short: "End a guard's watching", Args: cobra.ExactArgs(1)}
	signFlag(cmd, &author)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if err := app.RemoveGuard(cmd.Context(), c, args[0], author); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s does not watch any more.\n", args[0])
		return nil
	}
	return cmd
}

func newGuardList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List what watches now", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			list, err := app.Guards(cmd.Context(), c)
			for _, g := range list {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  of %s  since %s  %s  %s\n", g.ID, g.Incident, g.Since.In(c.Site().Zone).Format(time.DateOnly),
					g.Probe, cmp.Or(g.Caption, "for the team"))
			}
			return err
		}}
}
