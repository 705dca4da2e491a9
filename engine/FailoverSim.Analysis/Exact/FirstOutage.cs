using FailoverSim.Kernel.Exploration;

namespace FailoverSim.Analysis.Exact;

/// <summary>How long it takes until a service goes down for the first time. One that is down at the start must come up before.</summary>
internal static class FirstOutage
{
    /// <summary>Ratios of successive distributions that differ by less than this are one.</summary>
    private const double Settled = 1e-12;

    /// <summary>
    /// Mean in seconds; +∞ if it may never happen, null if it costs too much. One more state stands for the outage and is left for the
    /// start: the mean is the ratio of the time spent elsewhere to the number of visits.
    /// </summary>
    public static double? Mean(StateSpace space, int service, WorkBudget budget)
    {
        int[] number = Reached(space, service, out int outage);
        double fastest = Generator.Of(space).Leaving.ToArray().Max();
        Generator chain = Chain(space, service, number, outage, fastest);
        IReadOnlyList<int[]> classes = RecurrentClasses.Of(chain);
        if (classes.Any(states => states[^1] != outage))
        {
            return double.PositiveInfinity;
        }
        bool[] isOutage = new bool[outage + 1];
        isOutage[outage] = true;
        return LongRun.Irreducible(chain, [isOutage], budget) is { } run
            ? run.Probabilities[..outage].Sum() / (run.Probabilities[outage] * fastest)
            : null;
    }

    /// <summary>Within a window that begins with a distribution: P(an outage begins), and the mean of the lesser of its instant and the window.</summary>
    public static (double Probability, double MeanLesser)? Within(
        StateSpace space, int service, double[] start, double seconds, WorkBudget budget)
    {
        int outage = space.Count;
        Generator chain = Chain(space, service, [.. Enumerable.Range(0, outage)], outage, restart: 0);
        Evolution evolution = new(chain, [.. start, 0], budget);
        if (!evolution.Advance(seconds, before => KeepsItsShape(before, evolution.Now, outage)))
        {
            return null;
        }
        double happened = evolution.Now[outage];
        double waited = evolution.Spent[..outage].Sum();
        if (evolution.Time < seconds)
        {
            // What is left dies out at a constant rate.
            double left = evolution.Now[..outage].Sum();
            double rate = Flow(chain, evolution.Now, outage) / left;
            double gone = -Kernel.Laws.Law.ExpMinusOne(-rate * (seconds - evolution.Time));
            happened += left * gone;
            waited += rate > 0 ? left * gone / rate : left * (seconds - evolution.Time);
        }
        return (happened, waited);
    }

    /// <summary>Whether the distribution of those that are left has only become smaller: then it always will in the same way.</summary>
    private static bool KeepsItsShape(double[] before, double[] now, int outage)
    {
        double least = double.PositiveInfinity;
        double most = 0;
        for (int state = 0; state < outage; state++)
        {
            // What nobody is left in says nothing; what has just been reached is not settled.
            double ratio = before[state] > 0 ? now[state] / before[state] : now[state] > 0 ? double.PositiveInfinity : double.NaN;
            least = ratio < least ? ratio : least;
            most = ratio > most ? ratio : most;
        }
        return double.IsFinite(most) && most - least <= Settled * most;
    }

    private static double Flow(Generator chain, double[] from, int to)
    {
        double flow = 0;
        for (int i = 0; i < chain.SourcesOf(to).Length; i++)
        {
            flow += from[chain.SourcesOf(to)[i]] * chain.RatesInto(to)[i];
        }
        return flow;
    }

    /// <summary>The chain until the first outage, which is one more state, left for the start at some rate or never.</summary>
    private static Generator Chain(StateSpace space, int service, int[] number, int outage, double restart) => Generator.Of(outage + 1, add =>
    {
        for (int from = 0; from < space.Count; from++)
        {
            ReadOnlySpan<int> targets = space.TargetsOf(from);
            for (int i = 0; i < targets.Length && number[from] >= 0; i++)
            {
                add(number[from], Begins(space, service, from, targets[i]) ? outage : number[targets[i]], space.RatesOf(from)[i]);
            }
        }
        foreach ((int state, double probability) in space.Start)
        {
            add(outage, number[state] < 0 ? outage : number[state], restart * probability);
        }
    });

    /// <summary>States that can be reached before an outage, numbered; −1 for the others.</summary>
    private static int[] Reached(StateSpace space, int service, out int count)
    {
        int[] number = new int[space.Count];
        Array.Fill(number, -1);
        Queue<int> open = new();
        count = 0;
        foreach ((int state, double _) in space.Start)
        {
            number[state] = count++;
            open.Enqueue(state);
        }
        while (open.TryDequeue(out int from))
        {
            foreach (int to in space.TargetsOf(from))
            {
                if (number[to] < 0 && !Begins(space, service, from, to))
                {
                    number[to] = count++;
                    open.Enqueue(to);
                }
            }
        }
        return number;
    }

    private static bool Begins(StateSpace space, int service, int from, int to) => space.IsUp(service, from) && !space.IsUp(service, to);
}
