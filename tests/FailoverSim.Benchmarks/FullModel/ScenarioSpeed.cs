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
internal static class ScenarioSpeed
{
    private const long BlockNanoseconds = 100_000_000;

    public static int Print(string file, int blocks)
    {
        if (Read(file) is not { } spec)
        {
            return 1;
        }
        Simulation simulation = new ScenarioModel(spec).Build();
        long replication = 0;
        List<(double ReplicationsPerSecond, double EventsPerSecond)> rates = [];
        for (int block = -10; block < blocks; block++)
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
            if (block >= 0)
            {
                rates.Add(((replication - first) * 1e9 / taken, events * 1e9 / taken));
            }
        }
        double median = rates.Select(r => r.EventsPerSecond).Order().ElementAt(rates.Count / 2);
        double most = rates.Max(r => r.EventsPerSecond);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{spec.Name}: {rates.Select(r => r.ReplicationsPerSecond).Order().ElementAt(rates.Count / 2):F0} replications/s, {median / 1e6:F2} M events/s, {1e9 / median:F0} ns/event (least {1e9 / most:F0})"));
        return 0;
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
            for (ulong seed = 1; seed <= 3; seed++)
            {
                Simulation simulation = new ScenarioModel(spec with { Run = spec.Run with { Seed = seed } }).Build();
                ulong hash = 0;
                for (int replication = 0; replication < 20_000 / spec.Units.Sum(u => u.Count); replication++)
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
