using System.Reflection;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.MemoryUse;

/// <summary>Bytes that replications allocate once a model is warm, told apart by who keeps them.</summary>
/// <param name="Events">Per replication.</param>
/// <param name="Simulating">Reset and event loop, without any recording.</param>
/// <param name="Total">A whole replication.</param>
/// <param name="Kept">Of it what the rows of results keep.</param>
/// <param name="KeptBy">The same by column of the rows, most first.</param>
internal sealed record Allocations(
    double Events, double Simulating, double Total, double Kept, IReadOnlyList<(string Column, double Bytes)> KeptBy)
{
    private static readonly PropertyInfo[] Columns =
        [.. typeof(ServiceRow).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => !p.PropertyType.IsPrimitive)];

    /// <summary>What recorders allocate and do not hand out.</summary>
    public double Recording => Total - Kept - Simulating;

    public static Allocations Of(ScenarioSpec spec, int replications)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        SimDuration end = spec.Run.WarmUp + spec.Run.Horizon;
        // Lists grow to what the fullest replication needs: the same replications come first and are measured then.
        for (int replication = 0; replication < 2 * replications; replication++)
        {
            simulation.Run(replication % replications, spec.Run.WarmUp, spec.Run.Horizon);
            simulation.Reset(replication % replications);
            simulation.RunUntil(SimTime.Zero + end);
        }
        long events = 0, simulating = 0, total = 0, kept = 0;
        Dictionary<string, long> by = [];
        for (int replication = 0; replication < replications; replication++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.Reset(replication);
            simulation.RunUntil(SimTime.Zero + end);
            simulating += GC.GetAllocatedBytesForCurrentThread() - before;
            events += simulation.Events;

            // Seen before, so that what all rows share is not counted.
            HeapWalk walk = new();
            walk.NewBytesFrom(simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon));
            before = GC.GetAllocatedBytesForCurrentThread();
            ServiceRow[] rows = simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon);
            total += GC.GetAllocatedBytesForCurrentThread() - before;
            foreach (ServiceRow row in rows)
            {
                foreach (PropertyInfo column in Columns)
                {
                    Note(column.Name, walk.NewBytesFrom(column.GetValue(row)));
                }
            }
            Note("the rows themselves", walk.NewBytesFrom(rows));
        }
        return new Allocations(
            (double)events / replications, (double)simulating / replications, (double)total / replications, (double)kept / replications,
            [.. by.Where(b => b.Value > 0).OrderByDescending(b => b.Value).Select(b => (b.Key, (double)b.Value / replications))]);

        void Note(string column, long bytes)
        {
            kept += bytes;
            by[column] = by.GetValueOrDefault(column) + bytes;
        }
    }
}
