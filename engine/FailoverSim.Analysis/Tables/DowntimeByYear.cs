using FailoverSim.Analysis.Estimates;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Tables;

/// <summary>Down time of the whole years of each horizon; none where that is shorter than one.</summary>
public static class DowntimeByYear
{
    /// <summary>
    /// By service, nanoseconds in ascending order and how many years have so much; of many years as <see cref="IntegerSample.Outline"/> has them,
    /// exact at the usual quantiles, at the maximum and above the budget.
    /// </summary>
    /// <param name="table">The replications.</param>
    /// <param name="warmUp">Nanoseconds before the observed horizon.</param>
    /// <param name="services">Indices, each with the seconds of a year that an objective allows, if there is one.</param>
    public static IReadOnlyList<IReadOnlyList<(double Nanoseconds, long Years)>> Of(
        ResultTable table, long warmUp, IReadOnlyList<(int Service, double? Budget)> services)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(services);
        IntegerSample[] samples = [.. services.Select(service => new IntegerSample(service.Budget is { } seconds ? Within(seconds) : long.MaxValue))];
        table.Look(services.Zip(samples, (service, sample) => Looks(service.Service, sample)));
        return [.. samples.Select(sample => sample.Outline(Ranks(sample)))];

        IEnumerable<Look> Looks(int service, IntegerSample sample)
        {
            yield return Years(service, sample.Add);
            foreach (Action<long> see in sample.Find(Ranks(sample)))
            {
                yield return Years(service, see);
            }
        }

        Look Years(int service, Action<long> see) => Passes.AtRowsOf(service, row =>
        {
            foreach (long down in Of(row, warmUp, table.HorizonNanoseconds))
            {
                see(down);
            }
        });
    }

    /// <summary>Nanoseconds in each year.</summary>
    /// <remarks>A row with more outages than it keeps one by one is spread evenly: years then differ little anyway.</remarks>
    public static IReadOnlyList<long> Of(ServiceRow row, long begin, long horizon)
    {
        ArgumentNullException.ThrowIfNull(row);
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

    private static IEnumerable<long> Ranks(IntegerSample years) =>
        years.Count == 0 ? [] : [.. OrderStatistics.Usual.Select(p => OrderStatistics.Middle(years.Count, p)), years.Count];

    /// <summary>The most nanoseconds that are not more than so many seconds, in the numbers that figures compare.</summary>
    private static long Within(double seconds)
    {
        long most = (long)(seconds * 1e9);
        while ((most + 1) * 1e-9 <= seconds)
        {
            most++;
        }
        while (most * 1e-9 > seconds)
        {
            most--;
        }
        return most;
    }
}
