using System.Text;
using FailoverSim.Analysis.Exact;
using FailoverSim.Kernel.Exploration;
using FailoverSim.Kernel.Laws;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Validation;
using Xunit;

namespace FailoverSim.Tests.Exact;

/// <summary>200 random systems, explored by the engine and solved by a chain that is written apart from it.</summary>
public class ChainTests
{
    private const int Models = 200;

    [Fact]
    public void Explored_chains_give_the_answers_of_a_second_implementation()
    {
        Random random = new(20260101);
        for (int i = 0; i < Models; i++)
        {
            RandomModel model = new(random);
            ScenarioSpec spec = Spec(model.Scenario(2000, 64, 1));
            ExactRates rates = ExactStudy.Solve(spec, ExactLimits.Quick with { HorizonToo = false }).Solution!.Services[0].LongRun;
            (double unavailability, double frequency) = model.Exact();
            Assert.Equal(unavailability, rates.Unavailability, 1e-9 * unavailability);
            Assert.Equal(frequency, rates.OutagesPerSecond * 3600, 1e-9 * frequency);
        }
    }

    [Fact]
    public void Lumped_and_unlumped_chains_have_the_same_answers()
    {
        Random random = new(7);
        long lumped = 0, unlumped = 0;
        for (int i = 0; i < 60; i++)
        {
            ScenarioSpec spec = Spec(new RandomModel(random).Scenario(200, 64, 1));
            ExactLimits limits = ExactLimits.Quick;
            ExactSolution few = ExactStudy.Solve(spec, limits).Solution!;
            if (ExactStudy.Solve(spec, limits with { Exploration = limits.Exploration with { Lumps = false, States = 700 } }).Solution is not { } many)
            {
                continue;
            }
            lumped += few.States;
            unlumped += many.States;
            foreach ((ExactService one, ExactService other) in few.Services.Zip(many.Services))
            {
                Same(one.LongRun.Unavailability, other.LongRun.Unavailability);
                Same(one.LongRun.OutagesPerSecond, other.LongRun.OutagesPerSecond);
                Same(one.MeanTimeToFirst!.Value, other.MeanTimeToFirst!.Value);
                Same(one.Horizon!.Rates.Unavailability, other.Horizon!.Rates.Unavailability);
            }
        }
        Assert.True(unlumped > 3 * lumped, $"{lumped} states instead of {unlumped}");
    }

    [Fact]
    public void Sweeps_and_elimination_agree_on_random_chains()
    {
        Random random = new(11);
        for (int i = 0; i < 30; i++)
        {
            ExplorationOutcome explored = Explorer.Explore(
                new ScenarioModel(Spec(new RandomModel(random).Scenario(200, 64, 1))).Build(), ExactLimits.Quick.Exploration);
            StateSpace space = explored.Space!;
            Generator chain = Generator.Of(space);
            bool[] down = [.. Enumerable.Range(0, space.Count).Select(state => !space.IsUp(0, state))];
            double[] exact = Elimination.Stationary(chain);
            double[] swept = GaussSeidel.Stationary(chain, [down], new WorkBudget(1e9))!;
            double u = exact.Where((_, state) => down[state]).Sum();
            Assert.Equal(u, swept.Where((_, state) => down[state]).Sum(), 1e-9 * u);
        }
    }

    /// <summary>A small ring whose answer is known: elimination keeps the digits of states that are hardly ever visited.</summary>
    [Fact]
    public void Rare_states_keep_their_digits()
    {
        // 0 → 1 → … → 9 at 1e-6, each back to 0 at 1: probabilities fall by a factor of about 1e-6 from state to state.
        Generator chain = Generator.Of(10, add =>
        {
            for (int state = 0; state < 9; state++)
            {
                add(state, state + 1, 1e-6);
                add(state + 1, 0, 1);
            }
        });
        double[] probabilities = Elimination.Stationary(chain);
        double expected = Math.Pow(1e-6 / (1 + 1e-6), 8) * 1e-6 * probabilities[0];
        Assert.Equal(1, probabilities[9] / expected, 1e-13);
    }

    [Fact]
    public void Distributions_at_an_instant_are_those_of_the_closed_form()
    {
        // Two states; stiff: a mean of a thousand hours and one of a second, seen after a microsecond to a century.
        Generator chain = Generator.Of(2, add =>
        {
            add(0, 1, 1 / 3.6e6);
            add(1, 0, 1);
        });
        foreach (double seconds in new[] { 1e-6, 0.1, 1, 30, 1e5, 3e9 })
        {
            Evolution evolution = new(chain, [1, 0], new WorkBudget(1e9));
            double share = (1 / 3.6e6) / (1 + (1 / 3.6e6));
            Assert.True(evolution.Advance(seconds, _ => Math.Abs((evolution.Now[1] / share) - 1) < 1e-12));
            double left = Math.Exp(-evolution.Time * (1 + (1 / 3.6e6)));
            double expected = share * -Law.ExpMinusOne(-evolution.Time * (1 + (1 / 3.6e6)));
            Assert.Equal(1, evolution.Now[1] / expected, 1e-11);
            Assert.True(left >= 0 && evolution.Time <= seconds);
        }
    }

    private static void Same(double one, double other) => Assert.Equal(1, one / other, 1e-12);

    internal static ScenarioSpec Spec(string text)
    {
        ScenarioReading reading = ScenarioFile.Read("exact.yaml", Encoding.UTF8.GetBytes(text));
        Assert.True(reading.Spec is not null, string.Join('\n', reading.Diagnostics) + '\n' + text);
        return reading.Spec;
    }
}
