using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Tests.Analysis;

/// <summary>Result rows without a simulation behind them.</summary>
internal static class SampleRows
{
    public const long Second = 1_000_000_000;

    public static ResultNames Names(int windows = 0) => new(
        ["plant"], ["pump.seal", "flooding"], ["crew", "repair"],
        windows == 0 ? [] : [new SloWindows("yearly", 0, windows) { LengthNanoseconds = 31_536_000 * Second, DownAtMostNanoseconds = 7200 * Second }],
        ["repairs", "explosions"]);

    /// <summary>
    /// A row from outages in order of start. Every other one is a loss: a flooding that a third of the time has a pump's seal
    /// beside it from the start, and of which a quarter is spent waiting for the crew. The rest are seals alone under repair.
    /// </summary>
    public static ServiceRow Row(
        long replication, long horizon, IReadOnlyList<(long Start, long Duration)> outages, long carriedIn = 0, int? met = null,
        bool requests = false)
    {
        long inOutages = outages.Sum(o => o.Duration);
        long down = inOutages + carriedIn;
        UInt128 squares = 0;
        foreach (var (_, duration) in outages)
        {
            squares += (UInt128)duration * (UInt128)duration;
        }
        RaggedList<CauseShare> causes = new();
        RaggedList<StageShare> stages = new();
        long seal = carriedIn, crew = 0, loss = 0;
        for (int i = 0; i < outages.Count; i++)
        {
            long duration = outages[i].Duration;
            bool isLoss = i % 2 == 1;
            long ofSeal = isLoss ? duration / 3 : duration;
            long ofCrew = isLoss ? duration / 4 : 0;
            causes.Add(new CauseShare(0, ofSeal, isLoss ? CauseRole.Enabler : CauseRole.Root));
            if (isLoss)
            {
                causes.Add(new CauseShare(1, duration - ofSeal, CauseRole.Root));
                stages.Add(new StageShare(0, ofCrew));
            }
            stages.Add(new StageShare(1, duration - ofCrew));
            causes.EndList();
            stages.EndList();
            seal += ofSeal;
            crew += ofCrew;
            loss += isLoss ? duration : 0;
        }
        // All in the first tenth of the first window.
        RaggedList<WindowPart> parts = new();
        if (met is not null)
        {
            if (down > 0)
            {
                parts.Add(new WindowPart(0, down));
            }
            parts.EndList();
        }
        return new ServiceRow
        {
            Replication = replication,
            Service = 0,
            UpNanoseconds = horizon - down,
            DownNanoseconds = down,
            OutageCount = outages.Count,
            FirstOutageAfter = outages.Count == 0 ? -1 : outages[0].Start,
            Outages = [.. outages.Select((o, i) => new Outage(o.Start, o.Duration, i % 2, 1, i % 2 == 1))],
            OutageCauses = causes,
            OutageStages = stages,
            SquaredDurations = squares,
            LongestOutage = outages.Count == 0 ? 0 : outages.Max(o => o.Duration),
            DownByCause = [seal, down - seal],
            DownByStage = [crew, down - crew],
            FailoverNanoseconds = down - loss,
            LossCount = outages.Count / 2,
            LossByStage = [crew, loss - crew],
            LostRequestNanoseconds = requests ? down / 2 : null,
            SloWindowsMet = met is null ? [] : [met],
            SloLongestOutages = met is null ? [] : [outages.Count == 0 ? 0 : outages.Max(o => o.Duration)],
            SloParts = parts,
            Counts = [3 * outages.Count, 0],
            Combinations = [.. Combined(outages.Count, down, loss).Select(c => c.Share)],
            CombinationKinds = Kinds(Combined(outages.Count, down, loss).Select(c => c.Kinds)),
        };
    }

    /// <summary>What the outages of such a row began with.</summary>
    private static IEnumerable<(CombinationShare Share, KindCount[] Kinds)> Combined(int outages, long down, long loss)
    {
        if (down > loss)
        {
            yield return (new CombinationShare(0, (outages + 1) / 2, 0, down - loss), [new KindCount(0, 1)]);
        }
        if (loss > 0)
        {
            yield return (new CombinationShare(1, outages / 2, outages / 2, loss), [new KindCount(0, 1), new KindCount(1, 1)]);
        }
    }

    private static RaggedList<KindCount> Kinds(IEnumerable<KindCount[]> lists)
    {
        RaggedList<KindCount> kinds = new();
        foreach (KindCount[] list in lists)
        {
            foreach (KindCount kind in list)
            {
                kinds.Add(kind);
            }
            kinds.EndList();
        }
        return kinds;
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
