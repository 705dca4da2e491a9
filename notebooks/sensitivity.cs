#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # Sensitivity
//
// *Our rates are guesses. Which of them should we measure before we believe the result?*
//
// Each rate of failure and each time of repair is halved and doubled by itself, with the same luck as the scenario as written. A value that
// moves the result by little need not be known well.

// %%
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

string file = File.ReadAllText("../scenarios/web-tier.yaml");
Results results = Scenario.Parse($$"""
    {{file}}
    sensitivity: {method: tornado, vary: all-rates, by: 50%..200%}
    """).Run(replications: 300);
display(results.Figures["tornado-site"]);

// %% [markdown]
// A swing is what lies between half and twice the value, in minutes down a year; its interval holds jointly with those of the others.

// %%
List<SensitivityRow> values = results.Sensitivity.Where(row => row.Service == "site").ToList();
display(Table.Of(values.Select(row => new { row.Path, row.Written, row.AtLow, row.AtHigh, row.Swing, row.Low, row.High })));

// %% [markdown]
// ## And per cent by per cent?
//
// The elasticity is by how many per cent the down time grows when a hazard grows by one. It costs no further run.

// %%
display(Table.Of(
    from elasticity in results.Findings.Elasticities
    where elasticity.Service == "site"
    select new { elasticity.Hazard, elasticity.Estimate.Value, elasticity.Estimate.Low, elasticity.Estimate.High }));

// %% [markdown]
// ## So what?

// %%
double written = results["site"].DowntimePerYear.Value!.Value;
SensitivityRow most = values.MaxBy(row => Math.Abs(row.Swing ?? 0))!;
var harmless = values.Where(row => Math.Max(Math.Abs(row.Low ?? 0), Math.Abs(row.High ?? 0)) < written / 10).ToList();
display($"Measure {most.Path} first: between half and twice of what is written lie {HumanUnits.Duration(60 * Math.Abs(most.Swing!.Value))} a year, "
    + $"beside {HumanUnits.Duration(60 * written)} as written.");
display($"{harmless.Count} of {values.Count} values may be wrong by a factor of two and move the result by less than a tenth"
    + (harmless.Count == 0 ? "." : $": {string.Join(", ", harmless.Select(row => row.Path))}."));
