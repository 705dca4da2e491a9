#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # SLO and error budget
//
// *Can we promise 99.9 % a month, and what is left of the budget in a bad one?*
//
// An average says little about a promise: a year with one bad month has broken it once. So windows are judged one by one, and
// what is required is the share of them that meet the objective.

// %%
using FailoverSim.Analysis.Estimates;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Scenario scenario = Scenario.Load("../scenarios/web-tier.yaml");
Results results = scenario.Run(replications: 400);
display(Table.Of(results.Verdicts.Select(verdict => new { Slo = verdict.Slo.Name, Verdict = VerdictText.Word(verdict.Verdict), Why = VerdictText.Of(verdict) })));

// %% [markdown]
// ## How much of the budget do months use?

// %%
display(results.Figures["slo-budget-month"]);
display(string.Join("\n", results.Verdicts.SelectMany(verdict => SloText.Brief(results.Findings.Results.Base, verdict))));

// %% [markdown]
// ## Which objective could be promised?
//
// The same simulation with other objectives: the strictest one that nine of ten months meet, for sure.

// %%
var promises =
    from objective in new[] { "99.5%", "99.8%", "99.9%", "99.95%", "99.99%" }
    let verdict = scenario.With("slo.month.objective", objective).Run(replications: 400).Verdicts.Single(verdict => verdict.Slo.Name == "month")
    select (Objective: objective, Verdict: verdict);
var judged = promises.ToList();
display(Table.Of(judged.Select(promise => new
{
    promise.Objective,
    MonthsMet = promise.Verdict.Probability.Value,
    promise.Verdict.Probability.Low,
    promise.Verdict.Probability.High,
    Verdict = VerdictText.Word(promise.Verdict.Verdict),
})));

// %% [markdown]
// ## So what?

// %%
var kept = judged.LastOrDefault(promise => promise.Verdict.Verdict == Verdict.Met);
display(kept.Objective is null
    ? "None of these objectives can be promised; improve the site first."
    : $"{kept.Objective} a month can be promised: {HumanUnits.Percent(kept.Verdict.Probability.Value!.Value)} of months meet it.");
