package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"candor/cmd/internal/app"
)

// version is set by the build; without it the module's version counts.
var version string

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "candor",
		Short:         "A status page that tells the truth first",
		Long:          "Candor checks a product from the outside, opens incidents by itself, lets people tell the story, and publishes postmortems.",
		Version:       programVersion(),
		SilenceErrors: true, SilenceUsage: true,
	}
	root.PersistentFlags().StringP("config", "c", "candor.yaml", "the configuration file")
	responder := &cobra.Command{Use: "responder", Short: "Manage who may sign in to the console", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	responder.PersistentFlags().String("data", "", dataHelp)
	responder.AddCommand(newResponderAdd(), newResponderList())
	root.AddCommand(newServe(), newCheck(), newDetect(), newInit(), newPassword(), newLink(), responder, newMaintenance(), newFollowUp(), newGuard(), newCorrect(), newUpdate())
	return root
}

func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

const dataHelp = "keep the SQLite database in this folder instead of where the configuration says"

// load reads the configuration that the flags name, with the data folder that they may give.
func load(cmd *cobra.Command) (*app.Config, error) {
	path, err := cmd.Flags().GetString("config")
	if err != nil {
		return nil, err
	}
	c, err := app.Load(path)
	if data := cmd.Flags().Lookup("data"); err == nil && data != nil && data.Value.String() != "" {
		c.Storage.Database = filepath.Join(data.Value.String(), "candor.db")
	}
	return c, err
}

func newServe() *cobra.Command {
	var listen, log string
	cmd := &cobra.Command{Use: "serve", Short: "Run the probes, the status page and the console", Args: cobra.NoArgs}
	cmd.Flags().StringVar(&listen, "listen", "", "serve on this HOST:PORT instead of the configuration's")
	cmd.Flags().String("data", "", dataHelp)
	cmd.Flags().StringVar(&log, "log", "text", "write the log as text or json")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := app.SetLog(cmd.ErrOrStderr(), log); err != nil {
			return err
		}
		c, err := load(cmd)
		if err != nil {
			return err
		}
		if listen != "" {
			c.Server.Listen = listen
		}
		return serve(cmd.Context(), c, cmd.OutOrStdout())
	}
	return cmd
}

func serve(ctx context.Context, c *app.Config, out io.Writer) error {
	l, err := app.Listen(c.Server.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer a.Close()
	link, err := a.FirstLink(ctx, c.PublicURL(l.Addr()))
	if err != nil {
		return err
	}
	err = a.Serve(ctx, l, func() {
		slog.Info("serving", "address", l.Addr().String(), "probes", len(c.Probes), "version", programVersion())
		if link != "" {
			fmt.Fprintf(out, "\nNobody can sign in yet. This link makes the owner's account, once, within three days:\n\n  %s\n\n", link)
		}
	})
	if err == nil {
		slog.Info("stopped")
	}
	return err
}

func newCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Run each probe once and print what it finds",
		Long:  "Run each probe once and print a table. The exit status is 0 when every probe passes and 1 when one does not.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			if !app.Check(cmd.Context(), c, cmd.OutOrStdout()) {
				return errors.New("not every probe passes")
			}
			return nil
		},
	}
}

func newDetect() *cobra.Command {
	var since, until string
	cmd := &cobra.Command{
		Use:   "detect",
		Short: "Replay stored results against a configuration",
		Long: "Replay stored results against a configuration, and print which incidents would have opened, ended and been missed, beside\n" +
			"those that were. Nothing is changed; a server may run meanwhile. Use it before you change thresholds:\n\n" +
			"  candor detect --config new.yaml --since 14d",
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&since, "since", "14d", "replay from so long ago, like 14d or 36h")
	cmd.Flags().StringVar(&until, "until", "0s", "replay up to so long ago")
	cmd.Flags().String("data", "", dataHelp)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		from, to, err := app.Stretch(since, until, time.Now().UTC())
		if err != nil {
			return err
		}
		return app.Detect(cmd.Context(), c, from, to, cmd.OutOrStdout())
	}
	return cmd
}

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Write a commented configuration to start from",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := cmd.Flags().GetString("config")
			if err != nil {
				return err
			}
			f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
			if errors.Is(err, os.ErrExist) {
				return fmt.Errorf("%s exists already; it was left as it is. Name another file with --config", path)
			}
			if err != nil {
				return fmt.Errorf("write the configuration: %w", err)
			}
			if _, err := f.WriteString(app.Example); err != nil {
				f.Close()
				return fmt.Errorf("write %s: %w", path, err)
			}
			if err := f.Close(); err != nil {
				return fmt.Errorf("write %s: %w", path, err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Wrote %s. Make it yours, try it with `candor check`, then run `candor serve`.\n", path)
			return nil
		},
	}
}

func newResponderAdd() *cobra.Command {
	var name, email, role string
	var fromStdin bool
	cmd := &cobra.Command{Use: "add", Short: "Make an account for the console", Args: cobra.NoArgs,
		Example: "  candor responder add --name Ada --email ada@example.com"}
	cmd.Flags().StringVar(&name, "name", "", "the name that updates are signed with, for the team")
	cmd.Flags().StringVar(&email, "email", "", "the e-mail address to sign in with")
	cmd.Flags().StringVar(&role, "role", "", "owner or responder; when not given, the first account is the owner's")
	cmd.Flags().BoolVar(&fromStdin, "password-stdin", false, "read the password from standard input")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := load(cmd)
		if err != nil {
			return err
		}
		password, err := readPassword(cmd, fromStdin)
		if err != nil {
			return err
		}
		db, err := app.OpenStore(cmd.Context(), c)
		if err != nil {
			return err
		}
		defer db.Close()
		p, err := app.AddPerson(cmd.Context(), db, name, email, password, role)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s can sign in with %s, as %s.\n", p.Name, p.Email, p.Role)
		return nil
	}
	return cmd
}

// readPassword asks for a password without showing it, or reads the first line of standard input.
func readPassword(cmd *cobra.Command, fromStdin bool) (string, error) {
	if stdin := int(os.Stdin.Fd()); !fromStdin && term.IsTerminal(stdin) {
		fmt.Fprint(cmd.ErrOrStderr(), "Password: ")
		typed, err := term.ReadPassword(stdin)
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(typed), err
	}
	if !fromStdin {
		return "", errors.New("there is no terminal to ask for the password; pass --password-stdin and give it on standard input")
	}
	line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func newResponderList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List who may sign in to the console", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := load(cmd)
			if err != nil {
				return err
			}
			db, err := app.OpenStore(cmd.Context(), c)
			if err != nil {
				return err
			}
			defer db.Close()
			people, err := db.People(cmd.Context())
			if err != nil {
				return err
			}
			for _, p := range people {
				fmt.Fprintf(cmd.OutOrStdout(), "%-30s %-40s %s\n", p.Name, p.Email, p.Role)
			}
			return nil
		}}
}
