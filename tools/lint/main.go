// Command lint runs every linter of this repository in one pass over the code:
// staticcheck with errorlint, sqlclosecheck and bodyclose beside it.
//
//	lint [flags] [packages]
//
// It takes staticcheck's flags and obeys its //lint:ignore comments.
package main

import (
	"os"

	"github.com/polyfloyd/go-errorlint/errorlint"
	sqlclosecheck "github.com/ryanrolds/sqlclosecheck/pkg/analyzer"
	"github.com/timakin/bodyclose/passes/bodyclose"
	"honnef.co/go/tools/lintcmd"
	"honnef.co/go/tools/simple"
	"honnef.co/go/tools/staticcheck"
	"honnef.co/go/tools/stylecheck"
	"honnef.co/go/tools/unused"
)

func main() {
	cmd := lintcmd.NewCommand("lint")
	cmd.ParseFlags(os.Args[1:])
	cmd.AddAnalyzers(simple.Analyzers...)
	cmd.AddAnalyzers(staticcheck.Analyzers...)
	cmd.AddAnalyzers(stylecheck.Analyzers...)
	cmd.AddAnalyzers(unused.Analyzer)
	cmd.AddBareAnalyzers(
		errorlint.NewAnalyzer(),
		sqlclosecheck.NewConfigurableAnalyzer(sqlclosecheck.ConfigurableAnalyzerDeferOnly),
		bodyclose.Analyzer,
	)
	cmd.Run()
}
