using System.Diagnostics;
using System.Globalization;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>What a year of a cluster of pods costs on one thread, at the size that Kubernetes names as its limit and at a tenth of it.</summary>
internal static class DataPlaneSpeed
{
    public static int PrintTable()
    {
        Console.WriteLine("nodes,pods,read_s,build_s,events,year_s,ns_per_event,bytes_allocated,working_set_MiB");
        foreach (int part in new[] { 10, 1 })
        {
            long start = CpuClock.Nanoseconds();
            ScenarioSpec spec = MaximumCluster.Read(part);
            long read = CpuClock.Nanoseconds();
            Simulation simulation = new ScenarioModel(spec).Build();
            long built = CpuClock.Nanoseconds();
            // The first years are the compiler's.
            for (int warm = 0; warm < (part == 1 ? 1 : 4); warm++)
            {
                simulation.Run(warm, spec.Run.WarmUp, spec.Run.Horizon);
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long begun = CpuClock.Nanoseconds();
            simulation.Run(9, spec.Run.WarmUp, spec.Run.Horizon);
            double seconds = (CpuClock.Nanoseconds() - begun) * 1e-9;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{MaximumCluster.Nodes / part},{MaximumCluster.Pods / part},{(read - start) * 1e-9:F2},{(built - read) * 1e-9:F2},{simulation.Events},{seconds:F2},{seconds * 1e9 / simulation.Events:F0},{GC.GetAllocatedBytesForCurrentThread() - allocated},{Process.GetCurrentProcess().WorkingSet64 >> 20}"));
        }
        return 0;
    }
}
