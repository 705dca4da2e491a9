using System.Globalization;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>How fast one thread runs a scenario file, and what it ran.</summary>
/// <param name="ReplicationsPerSecond">Median over blocks.</param>
/// <param name="EventsPerReplication">Mean.</param>
/// <param name="NsPerEvent">Median over blocks.</param>
/// <param name="LeastNsPerEvent">Of the fastest block.</param>
internal sealed record ScenarioSpeed(double ReplicationsPerSecond, double EventsPerReplication, double NsPerEvent, double LeastNsPerEvent)
{
    private const long BlockNanoseconds = 100_000_000;

    /// <summary>Until then the compiler has seen what is called often.</summary>
    private const long WarmUpNanoseconds = 1_500_000_000;

    public static int Print(string file)
    {
        if (Read(file) is not { } spec)
        {
            return 1;
        }
        ScenarioSpeed speed = Measure(spec, blocks: 41);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{spec.Name}: {speed.ReplicationsPerSecond:F0} replications/s, {1e3 / speed.NsPerEvent:F2} M events/s, {speed.NsPerEvent:F0} ns/event (least {speed.LeastNsPerEvent:F0})"));
        return 0;
    }

    /// <summary>Simulated years per second and core of the scenarios that the pages speak of, as CSV.</summary>
    public static int PrintAll() => Machine.UnderLoad(() =>
    {
        Console.WriteLine("scenario,events_per_year,ns_per_event,least_ns_per_event,years_per_second");
        (string Name, ScenarioSpec Spec, int Blocks)[] all =
        [
            ("kubeadm-stacked-3", ScenarioFiles.Read("kubeadm-stacked-3"), 31),
            ("external-etcd-5-haproxy", ScenarioFiles.Read("external-etcd-5-haproxy"), 31),
            ("pumps-3-of-5", ScenarioFiles.Read("pumps-3-of-5"), 31),
            ("managed-500-nodes", ScenarioFiles.Read("managed-500-nodes").Over(days: 365), 15),
            ("500 nodes 15000 pods", MaximumCluster.Read(10).Over(days: 365), 5),
            ("5000 nodes 150000 pods", MaximumCluster.Read(1).Over(days: 365), 1),
        ];
        foreach ((string name, ScenarioSpec spec, int blocks) in all)
        {
            ScenarioSpeed speed = Measure(spec, blocks);
            double years = (spec.Run.WarmUp + spec.Run.Horizon).Nanoseconds / (365 * 86_400e9);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name},{speed.EventsPerReplication / years:F0},{speed.NsPerEvent:F0},{speed.LeastNsPerEvent:F0},{Figures(speed.ReplicationsPerSecond * years)}"));
        }
        return 0;
    });

    private static string Figures(double value) => value.ToString(value < 100 ? "G3" : "F0", CultureInfo.InvariantCulture);

    private static ScenarioSpeed Measure(ScenarioSpec spec, int blocks)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        long replication = 0;
        List<(double PerReplication, double PerEvent)> times = [];
        long allEvents = 0;
        long begin = CpuClock.Nanoseconds();
        while (CpuClock.Nanoseconds() - begin < WarmUpNanoseconds)
        {
            simulation.Run(replication++, spec.Run.WarmUp, spec.Run.Horizon);
        }
        long measured = replication;
        for (int block = 0; block < blocks; block++)
        {
            long start = CpuClock.Nanoseconds();
            long events = 0;
            long first = replication;
            long taken = 0;
            while (taken < BlockNanoseconds)
            {
                simulation.Run(replication++, spec.Run.WarmUp, spec.Run.Horizon);
                events += simulation.Events;
                taken = CpuClock.Nanoseconds() - start;
            }
            allEvents += events;
            times.Add(((double)taken / (replication - first), (double)taken / events));
        }
        double[] perEvent = [.. times.Select(t => t.PerEvent)];
        return new ScenarioSpeed(
            1e9 / times.Select(t => t.PerReplication).ToArray().Median(), (double)allEvents / (replication - measured), perEvent.Median(), perEvent.Min());
    }

    /// <summary>Histories and results of a few replications: the same before and after a change that must not change behaviour.</summary>
    public static int PrintFingerprints(string file)
    {
        if (Read(file) is not { } scenario)
        {
            return 1;
        }
        SimDuration horizon = MachineShop.Horizon(1000, 100_000);
        foreach (ScenarioSpec spec in new[] { scenario, MachineShop.Spec(1000, horizon, 0) })
        {
            int units = spec.Units.Sum(u => u.Count);
            // Clusters have none; they have much more to do.
            int replications = units > 0 ? 20_000 / units : 20;
            for (ulong seed = 1; seed <= 3; seed++)
            {
                Simulation simulation = new ScenarioModel(spec with { Run = spec.Run with { Seed = seed } }).Build();
                ulong hash = 0;
                for (int replication = 0; replication < replications; replication++)
                {
                    foreach (ServiceRow row in simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon))
                    {
                        foreach (long value in (long[])[row.DownNanoseconds, row.OutageCount, .. row.DownByCause, .. row.DownByStage])
                        {
                            hash = unchecked(hash * 31 + (ulong)value);
                        }
                    }
                    hash = unchecked(hash * 31 + simulation.FingerprintValue);
                }
                Console.WriteLine($"{spec.Name} seed {seed}: {hash:x16}");
            }
        }
        return 0;
    }

    private static ScenarioSpec? Read(string file)
    {
        ScenarioReading reading = ScenarioFile.Read(file);
        foreach (Diagnostic diagnostic in reading.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }
        return reading.Spec;
    }
}
