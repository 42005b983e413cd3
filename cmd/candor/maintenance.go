package main

import (
	"fmt"
	"io"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"candor/cmd/internal/app"
	"candor/incidents"
)

func newMaintenance() *cobra.Command {
	cmd := &cobra.Command{Use: "maintenance", Short: "Announce maintenance and tell how it goes", Args: cobra.NoArgs,
		Long: "Announce maintenance, also while `candor serve` runs: the page follows within a second. It begins and ends by itself at its times.",
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.PersistentFlags().String("data", "", dataHelp)
	cmd.AddCommand(newMaintenanceAdd(), newMaintenanceUpdate(), newMaintenanceCancel(), newMaintenanceList())
	return cmd
}

// textFlags adds what every post needs.
func textFlags(cmd *cobra.Command, p *app.Plan) {
	cmd.Flags().StringVar(&p.Text, "text", "", "what customers should know, in Markdown; - reads it from standard input")
	cmd.Flags().StringVar(&p.Author, "by", userName(), "the name that it is signed with, for the team")
}

func timeFlags(cmd *cobra.Command, p *app.Plan) {
	cmd.Flags().StringVar(&p.From, "from", "", `when it begins: "2026-12-01 22:00" in the page's time zone, or RFC 3339`)
	cmd.Flags().StringVar(&p.Until, "until", "", "when it ends, written like --from")
}

// userName returns the name of whoever runs the command, or nothing.
func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// readText replaces - by the standard input.
func readText(cmd *cobra.Command, text *string) error {
	if *text != "-" {
		return nil
	}
	read, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), incidents.MaxBody+1))
	if err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	*text = string(read)
	return nil
}

func newMaintenanceAdd() *cobra.Command {
	var p app.Plan
	cmd := &cobra.Command{Use: "add", Short: "Announce a maintenance", Args: cobra.NoArgs,
		Example: `  candor maintenance add --title "Database upgrade" --components eu-platform \
    --from "2026-12-01 22:00" --until "2026-12-01 23:30" --text "The EU Platform is read-only meanwhile."`}
	cmd.Flags().StringVar(&p.Title, "title", "", "the title, in customers' words")
	cmd.Flags().StringSliceVar(&p.Components, "components", nil, "keys of the components that it affects, separated by commas")
	timeFlags(cmd, &p)
	textFlags(cmd, &p)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if err := readText(cmd, &p.Text); err != nil {
			return err
		}
		m, err := app.AddMaintenance(cmd.Context(), c, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s is announced: %s\n", m.ID, window(c, m))
		return nil
	}
	return cmd
}

func newMaintenanceUpdate() *cobra.Command {
	var p app.Plan
	cmd := &cobra.Command{Use: "update ID", Short: "Post to a maintenance, or move its times", Args: cobra.ExactArgs(1),
		Example: `  candor maintenance update h3k9w2q7xv5z --status verifying --text "The new database runs. We look at it closely."
  candor maintenance update h3k9w2q7xv5z --until "2026-12-02 00:30" --text "We need an hour more."`}
	cmd.Flags().StringVar(&p.Status, "status", "", "in_progress, verifying or completed; when not given, it stays as it is")
	timeFlags(cmd, &p)
	textFlags(cmd, &p)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return postMaintenance(cmd, args[0], p) }
	return cmd
}

func newMaintenanceCancel() *cobra.Command {
	p := app.Plan{Status: string(incidents.Cancelled)}
	cmd := &cobra.Command{Use: "cancel ID", Short: "Cancel a maintenance that has not begun", Args: cobra.ExactArgs(1)}
	textFlags(cmd, &p)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if p.Text == "" {
			p.Text = "This maintenance is cancelled."
		}
		return postMaintenance(cmd, args[0], p)
	}
	return cmd
}

func postMaintenance(cmd *cobra.Command, id string, p app.Plan) error {
	c, err := load(cmd)
	if err != nil {
		return err
	}
	if err := readText(cmd, &p.Text); err != nil {
		return err
	}
	m, err := app.UpdateMaintenance(cmd.Context(), c, id, p)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s is %s: %s\n", m.ID, plainStatus(m), window(c, m))
	return nil
}

func newMaintenanceList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the newest maintenances", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			list, err := app.Maintenances(cmd.Context(), c)
			for _, m := range list {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %-11s  %s  %s\n", m.ID, plainStatus(m), window(c, m), m.Title)
			}
			return err
		}}
}

func plainStatus(m *incidents.Maintenance) string {
	return strings.ReplaceAll(string(m.Status()), "_", " ")
}

// window writes from when until when a maintenance is scheduled, in the page's zone.
func window(c *app.Config, m *incidents.Maintenance) string {
	from, until := m.Window()
	const layout = "2006-01-02 15:04 MST"
	zone := c.Site().Zone
	return from.In(zone).Format(layout) + " to " + until.In(zone).Format(layout)
}
