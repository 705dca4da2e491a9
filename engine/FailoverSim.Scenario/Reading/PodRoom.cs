using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Reading;

/// <summary>What a machine has for pods.</summary>
/// <param name="Cpu">Thousandths of a core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="MaxPods">Pods.</param>
internal sealed record PodRoom(long Cpu, long Memory, int MaxPods)
{
    private const int UsualMaxPods = 110;

    /// <summary>Null where the pool says nothing of room for pods.</summary>
    public static PodRoom? Of(BoundMapping pool)
    {
        if (!pool.Has(TopologyKeys.Cpu) && !pool.Has(TopologyKeys.Memory))
        {
            return null;
        }
        return new PodRoom(
            pool.TryGet(TopologyKeys.Cpu, out var cores) ? Millicores(cores) : WorkerSpec.Unlimited,
            pool.TryGet(TopologyKeys.Memory, out var bytes) ? Bytes(bytes) : WorkerSpec.Unlimited,
            pool.TryGet(TopologyKeys.MaxPods, out var pods) ? (int)pods : UsualMaxPods);
    }

    public bool Fits(long cpu, long memory) => cpu <= Cpu && memory <= Memory;

    public static long Millicores(decimal cores) => Whole(cores * 1000);

    public static long Bytes(decimal bytes) => Whole(bytes);

    private static long Whole(decimal value) => (long)Math.Clamp(Math.Round(value), 1, WorkerSpec.Unlimited);
}
