#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # Compare configurations
//
// *We can afford one improvement this quarter. Which one?*
//
// Four proposals are on the table. All are simulated with the same luck: the same machines fail at the same instants, so that what differs
// is the proposal and not the dice.

// %%
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Scenario today = Scenario.Load("../scenarios/web-tier.yaml").As("today");
Results results = Scenario.Compare(
    400,
    today,
    today.With("units.web.count", "4").As("a fourth web server"),
    today.With("common-cause.bad-release.hits", "34%").As("staged releases"),
    today.With("crews.on-call.answer", "1m..3m").As("somebody at the desk"),
    today.With("units.database.standby.switch-fails", "0.5%").As("switch-over drills"));

// %% [markdown]
// Intervals of the differences hold jointly: with 95 % confidence none of them misses its truth.

// %%
ServiceResults site = results["site"];
display(results.Figures["forest-site"]);
display(Table.Of(results.Comparisons.Where(row => row.Service == "site").Select(row => new { row.Variant, row.MinutesPerYear, row.Low, row.High, row.Verdict })));

// %% [markdown]
// ## What does the best one change?

// %%
Comparison best = site.Comparisons.MinBy(comparison => comparison.Difference.Value)!;
ServiceResults after = results.Variants[best.Variant]["site"];
display(Table.Of(
    from cause in site.Causes.Take(5)
    select new
    {
        Cause = cause.Name,
        MinutesPerYear = cause.MinutesPerYear.Value,
        WithTheBest = after.Causes.FirstOrDefault(other => other.Name == cause.Name)?.MinutesPerYear.Value ?? 0,
    }));

// %% [markdown]
// ## So what?

// %%
var undecided = site.Comparisons.Where(comparison => comparison.Standing == Standing.Undecided).ToList();
display(best.Standing == Standing.Better
    ? $"Take '{best.Variant}': the site would be down {after.Glance.DowntimePerYear} a year instead of {site.Glance.DowntimePerYear}."
    : "None of the proposals is told apart from today yet; simulate more.");
display(undecided.Count == 0
    ? "Every proposal is told apart from today."
    : $"Not told apart from today yet: {string.Join("; ", undecided.Select(comparison => $"{comparison.Variant}"
        + (comparison.ReplicationsNeeded is { } needed ? $" (some {HumanUnits.Count(needed)} replications would)" : "")))}.");
