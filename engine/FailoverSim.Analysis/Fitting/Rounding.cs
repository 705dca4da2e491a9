namespace FailoverSim.Analysis.Fitting;

/// <summary>Durations that people wrote down in round numbers: each stands for an interval around it.</summary>
public static class Rounding
{
    /// <summary>Minutes that people round to.</summary>
    private static readonly long[] Heaps = [60, 15, 5];

    private const int Least = 10;
    private const long Minute = 60_000_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>
    /// The coarsest heap, in nanoseconds: 5, 15 or 60 minutes if half of the durations or more are multiples of it, and three times as many as the
    /// finest step of the log explains. 0 if there is none.
    /// </summary>
    public static long Heap(IReadOnlyCollection<long> durations, long step)
    {
        ArgumentNullException.ThrowIfNull(durations);
        foreach (long minutes in Heaps)
        {
            long heap = minutes * Minute;
            double share = durations.Count(d => d > 0 && d % heap == 0) / (double)Math.Max(1, durations.Count);
            if (durations.Count >= Least && share >= 0.5 && share >= 3.0 * Math.Max(step, 1) / heap)
            {
                return heap;
            }
        }
        return 0;
    }

    /// <summary>The step of the instants: whole minutes, whole seconds, or finer (0).</summary>
    public static long Step(IEnumerable<long> instants)
    {
        ArgumentNullException.ThrowIfNull(instants);
        long step = Minute;
        foreach (long instant in instants)
        {
            step = instant % Minute == 0 ? step : instant % Second == 0 ? Math.Min(step, Second) : 0;
        }
        return step;
    }

    /// <summary>
    /// A duration as what it may have been: within half a heap if it is a multiple of one, within half a step where steps are coarse beside the
    /// usual duration, else exact. One of length zero took less than half a step, or half a second.
    /// </summary>
    public static Observation Of(long duration, long heap, long step, double median, double entry)
    {
        long width = heap > 0 && duration % heap == 0 ? heap
            : step > 0 && step / 1e9 >= 0.05 * median ? step
            : duration == 0 ? Math.Max(step, Second) : 0;
        double time = duration / 1e9, half = 0.5 * width / 1e9;
        return half == 0
            ? Observation.Exact(time, entry)
            : Observation.Within(Math.Max(entry, time - half), Math.Max(time + half, Math.BitIncrement(entry)), entry);
    }
}
