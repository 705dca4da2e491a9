using System.Globalization;
using FailoverSim.Analysis.Studies;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel.Replications;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.MemoryUse;

/// <summary>Bytes per event, per replication and per part of a model, as three CSV tables.</summary>
internal static class MemoryTables
{
    public static int Print() => Machine.UnderLoad(() =>
    {
        (string Name, ScenarioSpec Spec, int Replications)[] scenarios =
        [
            ("machine repair 10000", MachineShop.Spec(10_000, MachineShop.Horizon(10_000, 100_000), 1), 20),
            ("pumps-3-of-5", ScenarioFiles.Read("pumps-3-of-5"), 200),
            ("kubeadm-stacked-3", ScenarioFiles.Read("kubeadm-stacked-3"), 20),
            ("external-etcd-5-haproxy", ScenarioFiles.Read("external-etcd-5-haproxy"), 20),
            ("data plane 15000 pods 7 d", MaximumCluster.Read(10).Over(days: 7), 5),
        ];
        (string Name, Allocations Measured)[] all = [.. scenarios.Select(s => (s.Name, Allocations.Of(s.Spec, s.Replications)))];
        Console.WriteLine("scenario,events,bytes_per_event,bytes_simulating,bytes_recording,bytes_of_rows,bytes_per_replication,bytes_through_study");
        for (int i = 0; i < all.Length; i++)
        {
            (string name, Allocations a) = all[i];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name},{a.Events:F0},{a.Simulating / a.Events:F4},{a.Simulating:F0},{a.Recording:F0},{a.Kept:F0},{a.Total:F0},{ThroughStudy(scenarios[i].Spec):F0}"));
        }
        Console.WriteLine("\nscenario,column_of_rows,bytes_per_replication");
        foreach ((string name, Allocations a) in all)
        {
            foreach ((string column, double bytes) in a.KeptBy)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name},{column},{bytes:F0}"));
            }
        }
        Console.WriteLine("\none_more,bytes,smaller_model_bytes");
        foreach (ModelSize size in ModelSize.All())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size.What},{size.Bytes:F0},{size.Whole}"));
        }
        return 0;
    });

    /// <summary>Per replication, by all threads of a study as the command line makes it: what two more blocks add.</summary>
    private static double ThroughStudy(ScenarioSpec spec)
    {
        return (Bytes(4) - Bytes(2)) / (2.0 * ReplicationBlock.Size);

        long Bytes(int blocks)
        {
            ScenarioSpec limited = spec with { Run = spec.Run with { Replications = blocks * ReplicationBlock.Size, StopWhen = null } };
            long before = GC.GetTotalAllocatedBytes(precise: true);
            RunStudy.Run(limited, 1, null, CancellationToken.None, CancellationToken.None);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
