using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Reporting.Results;

/// <summary>Splits a row's down time into the whole years of its horizon.</summary>
internal static class DowntimeByYear
{
    /// <summary>Down time in nanoseconds of each whole year; none where the horizon is shorter than one.</summary>
    /// <remarks>A row with more outages than it keeps one by one is spread evenly: years then differ little anyway.</remarks>
    public static IReadOnlyList<long> Of(ServiceRow row, long begin, long horizon)
    {
        long year = SimDuration.NanosecondsPerYear;
        int years = (int)(horizon / year);
        long[] down = new long[years];
        if (row.Histogram is not null)
        {
            Array.Fill(down, (long)((Int128)row.DownNanoseconds * year / horizon));
            return down;
        }
        long carriedIn = row.DownNanoseconds;
        foreach (Outage outage in row.Outages)
        {
            Add(outage.Start - begin, outage.Duration);
            carriedIn -= outage.Duration;
        }
        Add(0, carriedIn);
        return down;

        void Add(long from, long length)
        {
            while (length > 0 && from / year < years)
            {
                long part = Math.Min(length, year - (from % year));
                down[(int)(from / year)] += part;
                from += part;
                length -= part;
            }
        }
    }
}
