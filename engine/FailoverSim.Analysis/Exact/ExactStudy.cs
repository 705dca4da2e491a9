using FailoverSim.Kernel.Exploration;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Exact;

/// <summary>
/// Solves a scenario in place of simulating it: explores the states of the model that would be run, and computes from the chain what
/// runs estimate.
/// </summary>
public static class ExactStudy
{
    /// <summary>Ratios to the long run that differ from 1 by less than this are 1; sweeps are not as sharp as elimination.</summary>
    private const double SettledByElimination = 1e-11;
    private const double SettledBySweeps = 1e-9;

    public static ExactOutcome Solve(ScenarioSpec spec, ExactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(limits);
        ExplorationOutcome explored = Explorer.Explore(new ScenarioModel(spec).Build(), limits.Exploration);
        if (explored.Space is not { } space)
        {
            return new ExactOutcome(null, explored.Obstacles, explored.LimitReached);
        }
        ExactSolution? solution = Solve(
            space, spec.Run.WarmUp.Seconds, limits.HorizonToo ? spec.Run.Horizon.Seconds : null, limits.Work);
        return new ExactOutcome(
            solution, [], solution is null ? $"a chain of {space.Count} states that does not settle within the work allowed" : null);
    }

    /// <summary>Beside a simulation, where that costs no more than about a second; null elsewhere, and for clusters, whose protocols wait for fixed times.</summary>
    public static ExactSolution? Beside(ScenarioSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Cluster is null ? Solve(spec, ExactLimits.Quick).Solution : null;
    }

    /// <param name="space">The chain.</param>
    /// <param name="warmUp">Seconds before the observed horizon.</param>
    /// <param name="horizon">Seconds; null: the long run only.</param>
    /// <param name="work">See <see cref="ExactLimits.Work"/>.</param>
    public static ExactSolution? Solve(StateSpace space, double warmUp, double? horizon, double work)
    {
        ArgumentNullException.ThrowIfNull(space);
        Generator chain = Generator.Of(space);
        bool[][] down = [.. Enumerable.Range(0, space.Services.Count)
            .Select(service => Enumerable.Range(0, space.Count).Select(state => !space.IsUp(service, state)).ToArray())];
        if (LongRun.Of(chain, space.Start, down, new WorkBudget(work)) is not { } longRun)
        {
            return null;
        }
        Window? window = horizon is { } seconds ? Observe(chain, space, warmUp, seconds, longRun, new WorkBudget(work)) : null;
        return new ExactSolution(space.Count, space.Transitions, longRun.Method,
        [
            .. space.Services.Select((name, service) => new ExactService(
                name,
                Rates(space, service, longRun.Probabilities),
                FirstOutage.Mean(space, service, new WorkBudget(work)),
                window is null ? null : HorizonOf(space, service, window, new WorkBudget(work)))),
        ]);
    }

    private static Window? Observe(
        Generator chain, StateSpace space, double warmUp, double seconds, LongRun longRun, WorkBudget budget)
    {
        double[]? begin = Evolve(new Evolution(chain, StartOf(space), budget), warmUp, longRun)?.Now;
        Evolution? observed = begin is null ? null : Evolve(new Evolution(chain, begin, budget), seconds, longRun);
        return observed is null ? null : new Window(begin!, [.. observed.Spent.Select(spent => spent / seconds)], seconds);
    }

    private static ExactHorizon HorizonOf(StateSpace space, int service, Window window, WorkBudget budget)
    {
        (double Probability, double MeanLesser)? first = FirstOutage.Within(space, service, window.Begin, window.Seconds, budget);
        return new ExactHorizon(Rates(space, service, window.Shares), first?.Probability, first?.MeanLesser / first?.Probability);
    }

    private static ExactRates Rates(StateSpace space, int service, double[] probabilities)
    {
        double down = 0;
        double failover = 0;
        double begins = 0;
        for (int state = 0; state < space.Count; state++)
        {
            if (!space.IsUp(service, state))
            {
                down += probabilities[state];
                failover += space.IsSupported(service, state) ? probabilities[state] : 0;
                continue;
            }
            ReadOnlySpan<int> targets = space.TargetsOf(state);
            for (int i = 0; i < targets.Length; i++)
            {
                begins += space.IsUp(service, targets[i]) ? 0 : probabilities[state] * space.RatesOf(state)[i];
            }
        }
        return new ExactRates(down, down > 0 ? failover / down : 0, begins);
    }

    private static double[] StartOf(StateSpace space)
    {
        double[] start = new double[space.Count];
        foreach ((int state, double probability) in space.Start)
        {
            start[state] = probability;
        }
        return start;
    }

    /// <summary>Goes on for some time; once the distribution is that of the long run, it stays so.</summary>
    /// <returns>Null if that costs too much.</returns>
    private static Evolution? Evolve(Evolution evolution, double seconds, LongRun longRun)
    {
        double near = longRun.Method == LongRun.ByElimination ? SettledByElimination : SettledBySweeps;
        if (!evolution.Advance(seconds, _ => IsNear(evolution.Now, longRun.Probabilities, near)))
        {
            return null;
        }
        if (evolution.Time < seconds)
        {
            evolution.Stay(longRun.Probabilities, seconds - evolution.Time);
        }
        return evolution;
    }

    /// <summary>
    /// The greatest and the least ratio of a distribution to the stationary one come ever closer: each is a mean of those before. So
    /// once all are near 1 every figure is as near, however small.
    /// </summary>
    private static bool IsNear(double[] now, double[] stationary, double near)
    {
        for (int state = 0; state < now.Length; state++)
        {
            if (stationary[state] == 0 ? now[state] > 0 : Math.Abs((now[state] / stationary[state]) - 1) > near)
            {
                return false;
            }
        }
        return true;
    }

    /// <param name="Begin">Distribution at the end of warm-up.</param>
    /// <param name="Shares">Expected share of the horizon spent in each state.</param>
    /// <param name="Seconds">The horizon.</param>
    private sealed record Window(double[] Begin, double[] Shares, double Seconds);
}
