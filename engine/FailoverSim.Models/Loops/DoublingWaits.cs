namespace FailoverSim.Models.Loops;

/// <summary>Tries whose waits double up to a longest one. Nanoseconds.</summary>
/// <param name="First">Wait after the first try, above 0.</param>
/// <param name="Longest">From this wait on it stays as it is.</param>
public readonly record struct DoublingWaits(long First, long Longest)
{
    /// <summary>The first try at or after an instant, of those that follow one that failed.</summary>
    public long Next(long failed, long from)
    {
        long at = failed;
        for (long wait = First; at < from && wait < Longest; wait *= 2)
        {
            at += wait;
        }
        return at >= from ? at : at + ((from - at + Longest - 1) / Longest * Longest);
    }
}
