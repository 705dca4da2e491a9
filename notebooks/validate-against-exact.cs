#:project ../engine/FailoverSim.Library
#:project Terminal

// %% [markdown]
// # Validate against exact
//
// *Why should I believe a simulation?*
//
// Where every clock is exponential, a scenario is a Markov chain, and its down time can be computed without any dice. So both can be done, and
// held against each other.

// %%
using FailoverSim.Analysis.Exact;
using FailoverSim.Library;
using static FailoverSim.Notebooks.Terminal; // app
StandBesideTheStudy(); // app

Scenario cluster = Scenario.Parse("""
    failoversim: 1
    name: two-of-three
    units:
      server: {count: 3, fails: exp(60d), repair: {crew: on-call, takes: exp(6h)}}
    crews:
      on-call: {size: 1}
    services:
      cluster: {up-when: 2 of server}
      one-left: {up-when: 1 of server}
    run: {horizon: 2y, replications: 128, seed: 1}
    """);
ExactSolution exact = cluster.Solve();
display($"The chain has {exact.States} states and {exact.Transitions} transitions.");

// %% [markdown]
// ## One run beside the truth
//
// The horizon begins with everything new, so the exact figures are those of the same two years, and not of the long run.

// %%
Results results = cluster.Run();
display(Table.Of(
    from service in results.Services
    let exactly = service.Exact!.Horizon!.Rates
    select new
    {
        Service = service.Name,
        ExactUnavailability = exactly.Unavailability,
        Simulated = service.Unavailability.Value,
        service.Unavailability.Low,
        service.Unavailability.High,
    }));

// %% [markdown]
// ## Do the intervals keep their word?
//
// One interval that holds the truth proves little. So the same is done with forty seeds: of intervals at 95 %, about 38 should hold it.

// %%
double truth = results["cluster"].Exact!.Horizon!.Rates.Unavailability;
var trials = Enumerable.Range(1, 40)
    .Select(seed => cluster.With("run.seed", $"{seed}").Run()["cluster"].Unavailability)
    .ToList();
int held = trials.Count(interval => interval.Low <= truth && truth <= interval.High);
double mean = trials.Average(interval => interval.Value!.Value);
display(Table.Of(new[] { new { Intervals = trials.Count, HoldTheTruth = held, MeanOfAll = mean, Exact = truth, RelativeError = (mean / truth) - 1 } }));

// %% [markdown]
// ## So what?
//
// If the intervals are honest, fewer than 35 of 40 hold the truth in one study of a hundred only.

// %%
display(held >= 35
    ? $"{held} of {trials.Count} intervals hold the exact value: nothing speaks against them."
    : $"Only {held} of {trials.Count} intervals hold the exact value: do not trust them here.");
