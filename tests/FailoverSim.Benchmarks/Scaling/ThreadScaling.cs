using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Studies;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.Scaling;

/// <summary>
/// How much faster several threads are than one, in wall-clock time, and where the rest goes. One thread and several in turn, so that
/// a busy minute of the machine hits both.
/// </summary>
internal static class ThreadScaling
{
    public const string Header =
        "what,threads,wall_best_s,wall_median_s,speedup_best,speedup_median,speedup_if_alone,simulating_pct,slower_pct,waiting_pct,building_pct,idle_pct,gc_pause_pct";

    private const string ByRunner = "runner";

    public static int Print(bool full) => Machine.UnderLoad(() =>
    {
        Console.WriteLine(Header);
        foreach ((string name, ScenarioSpec spec, int replications) in Works(full))
        {
            Measure(name, spec, replications, full ? 9 : 3);
        }
        return 0;
    });

    private static IEnumerable<(string Name, ScenarioSpec Spec, int Replications)> Works(bool full)
    {
        int times = full ? 4 : 1;
        yield return ("machine repair 10000", MachineShop.Spec(10_000, MachineShop.Horizon(10_000, 100_000), 1), 8 * 64 * times);
        yield return ("pumps-3-of-5", ScenarioFiles.Read("pumps-3-of-5"), 48 * 64 * times);
        // A year of five, so that there are enough blocks.
        yield return ("kubeadm-stacked-3", ScenarioFiles.Read("kubeadm-stacked-3").Over(days: 365), 4 * 64 * times);
        yield return ("data plane 15000 pods", MaximumCluster.Read(10).Over(days: 7), 2 * 64 * times);
    }

    private static void Measure(string name, ScenarioSpec spec, int replications, int rounds)
    {
        Dictionary<(string Way, int Threads), List<ThreadedRun>> runs = [];
        int[] counts = [.. new[] { 1, 2, Environment.ProcessorCount }.Distinct()];
        ThreadedRun.ByRunner(spec, counts.Max(), replications);
        Study(spec, counts.Max(), replications);
        for (int round = 0; round < rounds; round++)
        {
            foreach (int threads in counts)
            {
                Note(ByRunner, threads, ThreadedRun.ByRunner(spec, threads, replications));
                Note("study", threads, Study(spec, threads, replications));
                Note("bare threads", threads, ThreadedRun.Bare(spec, threads, replications));
            }
        }
        foreach ((string way, int threads) in runs.Keys.Where(k => k.Threads > 1))
        {
            Console.WriteLine(Row($"{name} by {way}", threads, runs[(way, 1)], runs[(way, threads)]));
        }

        void Note(string way, int threads, ThreadedRun run)
        {
            if (!runs.TryGetValue((way, threads), out List<ThreadedRun>? list))
            {
                runs.Add((way, threads), list = []);
            }
            list.Add(run);
        }
    }

    /// <summary>As the command line runs a scenario; what its threads do is not told.</summary>
    private static ThreadedRun Study(ScenarioSpec spec, int threads, int replications)
    {
        ScenarioSpec limited = spec with { Run = spec.Run with { Replications = replications, StopWhen = null } };
        long start = Stopwatch.GetTimestamp();
        RunOutcome outcome = RunStudy.Run(limited, threads, null, CancellationToken.None, CancellationToken.None);
        return new ThreadedRun(Stopwatch.GetElapsedTime(start).TotalSeconds, outcome.Events, 0, 0, 0, 0, 0);
    }

    /// <summary>
    /// Shares of the threads' time: simulating as fast as one thread alone, slower than that (caches, frequency), waiting for a processor,
    /// building models, and idle at the end. Pauses of the collector are part of those. Without the waiting, but with all pauses, it would be
    /// <c>speedup_if_alone</c>: what to look at where others use the machine.
    /// </summary>
    private static string Row(string name, int threads, List<ThreadedRun> one, List<ThreadedRun> many)
    {
        double all = many.Sum(r => r.Wall) * threads;
        double alone = one.Sum(r => r.Busy) / one.Sum(r => r.Events) * many.Sum(r => r.Events);
        double busy = many.Sum(r => r.Busy);
        double waiting = many.Sum(r => r.Waiting);
        double paused = many.Sum(r => r.Paused);
        string shares = busy == 0 ? ",,,,,," : string.Create(CultureInfo.InvariantCulture,
            $"{threads * alone / (all - Math.Max(0, waiting - paused)):F2},{100 * alone / all:F1},{100 * (busy - alone) / all:F1},{100 * waiting / all:F1},{100 * many.Sum(r => r.Build) / all:F1},{100 * many.Sum(r => r.Idle) / all:F1},{100 * paused / all:F1}");
        double[] oneWall = [.. one.Select(r => r.Wall)];
        double[] manyWall = [.. many.Select(r => r.Wall)];
        return string.Create(CultureInfo.InvariantCulture,
            $"{name},{threads},{manyWall.Min():F2},{manyWall.Median():F2},{oneWall.Min() / manyWall.Min():F2},{oneWall.Median() / manyWall.Median():F2},{shares}");
    }
}
