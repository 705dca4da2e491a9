using FailoverSim.Analysis.Exact;
using FailoverSim.Kernel.Exploration;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using FailoverSim.Tests.Validation;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Exact;

/// <summary>Random scenarios in which everything that has no memory gets in the way of everything: standby, crews, parts, common causes.</summary>
public class ExplorationTests(ITestOutputHelper output)
{
    /// <summary>
    /// Whoever leaves out of its encoding what its reactions read makes two states one. So each way into a state is followed a
    /// second time: what comes next, and at which rate, must be the same.
    /// </summary>
    [Fact]
    public void States_that_are_encoded_alike_have_the_same_future()
    {
        int compared = 0, solvable = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            RandomScenario scenario = new(seed, memoryless: true);
            int futures = Futures.Compare(Story.Spec($"{scenario}run: {{horizon: 1y}}"), most: 60, $"Scenario {seed}:\n{scenario}");
            solvable += futures > 0 ? 1 : 0;
            compared += futures;
        }
        output.WriteLine($"{compared} futures of {solvable} scenarios compared");
        Assert.True(compared > 4000 && solvable > 80, $"only {compared} futures of {solvable} scenarios compared");
    }

    [Fact]
    public void Simulations_of_random_scenarios_differ_from_their_chains_by_noise_alone()
    {
        List<double> scores = [];
        for (int seed = 0; seed < 120 && scores.Count < 80; seed++)
        {
            RandomScenario scenario = new(seed, memoryless: true);
            ScenarioSpec spec = ChainTests.Spec($"failoversim: 1\nname: random\n{scenario}run: {{horizon: 600h, replications: 1500, seed: {seed + 1}}}");
            ExactLimits limits = ExactLimits.Quick with { Exploration = ExactLimits.Quick.Exploration with { States = 1500 } };
            if (ExactStudy.Solve(spec, limits).Solution is not { } solution)
            {
                continue;
            }
            var table = Measurement.Run(spec);
            foreach (ExactService service in solution.Services.Where(s => s.Horizon!.Rates.OutagesPerSecond * 600 * 3600 * 1500 > 2000))
            {
                ExactRates rates = service.Horizon!.Rates;
                Comparison down = Measurement.Compare(table, new Reference(Metric.Unavailability, rates.Unavailability, 1, service.Name));
                Comparison often = Measurement.Compare(table, new Reference(Metric.OutagesPerHour, rates.OutagesPerSecond * 3600, 1, service.Name));
                Comparison first = Measurement.Compare(table, new Reference(Metric.HoursToFirst, service.Horizon.MeanTimeToFirst!.Value / 3600, 1, service.Name));
                foreach (Comparison comparison in new[] { down, often, first }.Where(c => c.StandardError > 0))
                {
                    Assert.True(Math.Abs(comparison.Z) < Comparison.Critical, $"{comparison}\nScenario {seed}:\n{scenario}");
                    scores.Add(comparison.Z);
                }
            }
        }
        output.WriteLine($"{scores.Count} comparisons, mean z² {scores.Average(z => z * z):F2}, largest |z| {scores.Max(Math.Abs):F2}");
        Assert.True(scores.Count >= 80);
        Assert.InRange(scores.Average(z => z * z), 0.6, 1.6);
    }

    [Fact]
    public void A_thousand_like_units_are_a_thousand_and_one_states()
    {
        ScenarioSpec spec = Story.Spec("""
            units: {unit: {count: 1000, fails: exp(1000h), repair: {takes: exp(1h)}}}
            services: {plant: {up-when: 990 of unit}}
            run: {horizon: 1y}
            """);
        ExactSolution solution = ExactStudy.Solve(spec, ExactLimits.Quick with { HorizonToo = false }).Solution!;
        Assert.Equal((1001, 2000), (solution.States, solution.Transitions));
        // At least 11 of 1000 failed.
        double u = MathNet.Numerics.SpecialFunctions.BetaRegularized(11, 990, 1 / 1001.0);
        Assert.Equal(u, solution.Services[0].LongRun.Unavailability, 1e-9 * u);
    }

    [Fact]
    public void A_share_of_the_units_that_is_hit_is_any_of_their_sets()
    {
        // One or two of three, with equal odds: 20 % to 50 % of three are 1 up to 1.5 and 2 above.
        ScenarioSpec spec = Story.Spec("""
            units:
              a: {fails: never, repair: {takes: exp(10h)}}
              b: {fails: never, repair: {takes: exp(10h)}}
              c: {fails: never, repair: {takes: exp(10h)}}
            common-cause: {storm: {of: [a, b, c], every: exp(100h), hits: 40%..60%}}
            services: {one: {up-when: a}, two: {up-when: a or b}, three: {up-when: a or b or c}}
            run: {horizon: 1y}
            """);
        StateSpace space = Explorer.Explore(new ScenarioModel(spec).Build(), ExactLimits.Quick.Exploration).Space!;
        Assert.Equal(8, space.Count);
        // From all up: each single one 1/2 · 1/3, each pair 1/2 · 1/3.
        Assert.Equal(6, space.TargetsOf(0).Length);
        Assert.All(space.RatesOf(0).ToArray(), rate => Assert.Equal(1 / (6 * 360_000.0), rate, 1e-18));
    }

    [Fact]
    public void Solving_gives_up_where_it_is_told_to_and_says_so()
    {
        ScenarioSpec spec = Story.Spec("""
            units: {unit: {count: 100, fails: exp(1000h), repair: {takes: exp(1h)}}}
            services: {plant: {up-when: 90 of unit}}
            run: {horizon: 1y}
            """);
        ExplorationLimits limits = ExactLimits.Quick.Exploration;
        // None to a hundred have failed.
        Assert.Equal(101, ExactStudy.Solve(spec, ExactLimits.Quick with { Exploration = limits with { States = 101 } }).Solution!.States);
        Assert.Equal("more than 100 states", ExactStudy.Solve(spec, ExactLimits.Quick with { Exploration = limits with { States = 100 } }).LimitReached);
        Assert.Equal(
            "more than 2000 entities to be read, 101 for each transition",
            ExactStudy.Solve(spec, ExactLimits.Quick with { Exploration = limits with { Readings = 2000 } }).LimitReached);
        Assert.NotNull(ExactStudy.Solve(spec, ExactLimits.Quick with { Exploration = limits with { Bytes = 1 } }).LimitReached);
        Assert.NotNull(ExactStudy.Solve(spec, ExactLimits.Quick with { Work = 100 }).LimitReached);
    }
}
