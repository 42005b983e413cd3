package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/cmd/internal/app"
)

func newPassword() *cobra.Command {
	var fromStdin bool
	cmd := &cobra.Command{Use: "password", Short: "Print the hash of a password for a private page", Args: cobra.NoArgs,
		Long: "Print the argon2id hash of a password, which page.access.password takes. Keep it in the environment:\n\n" +
			"  export PAGE_PASSWORD=\"$(candor password)\"    # and in the configuration: password: ${PAGE_PASSWORD}"}
	cmd.Flags().BoolVar(&fromStdin, "password-stdin", false, "read the password from standard input")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		password, err := readPassword(cmd, fromStdin)
		if err != nil {
			return err
		}
		hash, err := app.PagePassword(password)
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), hash)
		return nil
	}
	return cmd
}

func newLink() *cobra.Command {
	var expires, path string
	cmd := &cobra.Command{Use: "link", Short: "Print a link that opens a private page", Args: cobra.NoArgs,
		Long: "Print a link that opens a private page until it expires, for whoever has it. Another page.access.link_secret ends all links.\n" +
			"A feed or a calendar takes it as its address:\n\n  candor link --expires 365d --path /history.atom"}
	cmd.Flags().StringVar(&expires, "expires", "30d", "how long the link opens the page, like 12h or 30d")
	cmd.Flags().StringVar(&path, "path", "/", "what the link opens")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(path, "/") {
			return errors.New("--path begins with /, like /history.atom")
		}
		link, err := app.PageLink(c, path, expires, time.Now())
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), link)
		return nil
	}
	return cmd
}
