using System.Collections.Concurrent;
using System.Diagnostics;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Replications;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.Scaling;

/// <summary>A run on some threads, and where their time went. Seconds; those of threads are summed over threads.</summary>
/// <param name="Wall">From start to the last result.</param>
/// <param name="Events">Timers fired.</param>
/// <param name="Build">Processor time of building a model per thread.</param>
/// <param name="Busy">Processor time of simulating.</param>
/// <param name="Waiting">Ready, but without a processor: taken by others, or stopped while another thread collects garbage.</param>
/// <param name="Idle">Waiting at the end for the slowest.</param>
/// <param name="Paused">All threads stopped to collect garbage, per thread.</param>
internal sealed record ThreadedRun(double Wall, long Events, double Build, double Busy, double Waiting, double Idle, double Paused)
{
    /// <summary>Through the runner that every study uses.</summary>
    public static ThreadedRun ByRunner(ScenarioSpec spec, int threads, int replications)
    {
        ScenarioModel model = new(spec);
        using ThreadLocal<Worker> own = new();
        ConcurrentBag<Worker> workers = [];
        ReplicationRunner runner = new(Build, spec.Run.WarmUp, spec.Run.Horizon, threads, NoteEnd);
        TimeSpan paused = GC.GetTotalPauseDuration();
        long start = Stopwatch.GetTimestamp();
        long events = runner.Run(0, replications, CancellationToken.None, CancellationToken.None).Sum(block => block.Events);
        return From([.. workers], start, events, paused);

        Simulation Build()
        {
            workers.Add(own.Value = new Worker());
            return own.Value.Building(model.Build);
        }

        double[] NoteEnd(Simulation simulation)
        {
            own.Value!.ReplicationEnded();
            return [];
        }
    }

    /// <summary>The same replications on threads that share nothing, hand nothing over and keep no results: as fast as this machine can be.</summary>
    public static ThreadedRun Bare(ScenarioSpec spec, int threads, int replications)
    {
        ScenarioModel model = new(spec);
        Worker[] workers = new Worker[threads];
        long events = 0;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => Work(i)))];
        TimeSpan paused = GC.GetTotalPauseDuration();
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        return From(workers, start, events, paused);

        void Work(int index)
        {
            Worker worker = workers[index] = new Worker();
            Simulation simulation = worker.Building(model.Build);
            long own = 0;
            for (int replication = index; replication < replications; replication += threads)
            {
                simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
                own += simulation.Events;
            }
            worker.ReplicationEnded();
            Interlocked.Add(ref events, own);
        }
    }

    private static ThreadedRun From(Worker[] workers, long start, long events, TimeSpan pausedBefore)
    {
        long end = Stopwatch.GetTimestamp();
        return new ThreadedRun(
            Stopwatch.GetElapsedTime(start, end).TotalSeconds, events, workers.Sum(w => w.Build), workers.Sum(w => w.Busy),
            workers.Sum(w => w.Waiting), workers.Sum(w => w.IdleUntil(end)),
            workers.Length * (GC.GetTotalPauseDuration() - pausedBefore).TotalSeconds);
    }
}
