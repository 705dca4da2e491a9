using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Tests.Analysis;

/// <summary>Result rows without a simulation behind them.</summary>
internal static class SampleRows
{
    public const long Second = 1_000_000_000;

    public static ResultNames Names(int windows = 0) => new(
        ["plant"], ["pump.seal", "flooding"], ["crew", "repair"],
        windows == 0 ? [] : [new SloWindows("yearly", 0, windows)]);

    /// <summary>A row from outages in order of start; the cause alternates, the stage is <c>repair</c>.</summary>
    public static ServiceRow Row(
        long replication, long horizon, IReadOnlyList<(long Start, long Duration)> outages, long carriedIn = 0, int? met = null)
    {
        long inOutages = outages.Sum(o => o.Duration);
        long down = inOutages + carriedIn;
        UInt128 squares = 0;
        foreach (var (_, duration) in outages)
        {
            squares += (UInt128)duration * (UInt128)duration;
        }
        long seal = outages.Where((_, i) => i % 2 == 0).Sum(o => o.Duration);
        return new ServiceRow
        {
            Replication = replication,
            Service = 0,
            UpNanoseconds = horizon - down,
            DownNanoseconds = down,
            OutageCount = outages.Count,
            FirstOutageAfter = outages.Count == 0 ? -1 : outages[0].Start,
            Outages = [.. outages.Select((o, i) => new Outage(o.Start, o.Duration, i % 2, 1, i % 2 == 1))],
            SquaredDurations = squares,
            LongestOutage = outages.Count == 0 ? 0 : outages.Max(o => o.Duration),
            DownByCause = [seal, down - seal],
            DownByStage = [0, down],
            FailoverNanoseconds = seal,
            SloWindowsMet = met is null ? [] : [met],
        };
    }

    /// <summary>One replication per array of durations in seconds, outages an hour apart, horizon one year.</summary>
    public static ServiceTotals Totals(params double[][] durations)
    {
        var totals = new ServiceTotals(Names(), 0);
        for (int r = 0; r < durations.Length; r++)
        {
            totals.Add(Row(r, 31_536_000 * Second, [.. durations[r].Select((d, i) => ((i + 1) * 3600 * Second, (long)(d * Second)))]));
        }
        return totals;
    }
}
