using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>The figures of what a swept timer trades, for sweeps of one number in which something acted for nothing.</summary>
internal static class TradeoffPlots
{
    private const double SecondsPerYear = 365 * 86400;

    /// <summary>More lines than that are not told apart.</summary>
    private const int MostMechanisms = 4;

    public static IEnumerable<IFigureData> Of(ResultSet results, IReadOnlyList<ComparedService> compared) =>
        from service in compared
        where service.Sweep is { Paths.Count: 1 } && service.Ranking.Count > 1
        let data = Data(results, service, service.Sweep!)
        where data is not null
        select data;

    private static TradeoffData? Data(ResultSet results, ComparedService service, SweepSpec sweep)
    {
        (SweptValue Value, ResultTable Table, RankedVariant Ranked)[] points =
        [
            .. from point in sweep.Points
               from ranked in service.Ranking
               where ranked.Variant == point.Variant.Name
               select (point.Values[0], results[point.Variant.Name], ranked),
        ];
        bool isNumeric = points.All(point => point.Value.Amount is not null) && points.DistinctBy(point => point.Value.Amount).Count() > 1;
        string[] mechanisms = isNumeric ? [.. JudgedMechanism.WithFalse(points.Select(point => point.Table)).Take(MostMechanisms)] : [];
        if (mechanisms.Length == 0)
        {
            return null;
        }
        return new TradeoffData(
            new FigureHeading(
                $"tradeoff-{sweep.Name}-{service.Service}",
                $"{service.Service}: noticing soon against false alarms, {StudyPlots.Found(service, sweep)}", StudyPlots.Basis(results)),
            sweep.Paths[0],
            mechanisms,
            [.. points.Select(point => new TradeoffPoint(
                point.Value.Text,
                point.Value.Amount!.Value,
                Measure(StudyPlots.PerYear(point.Table, service.Service), SecondsPerYear),
                DetectionTime.PerOutage(point.Table, IndexOf(point.Table, service.Service)) is { } time ? Measure(time, 0) : null,
                point.Ranked.ToBestOfOthers.Value <= 0, // No other is less: the sign of a difference of integers.
                point.Ranked.Rank != Rank.NotBest,
                [.. mechanisms.Select(name => FalseOf(point.Table, name))]))],
            Summary.DefaultLevel);
    }

    private static int IndexOf(ResultTable table, string service) => table.Names.Services.ToList().IndexOf(service);

    private static Bounded FalseOf(ResultTable table, string name) =>
        JudgedMechanism.Of(table.Names.Counters).FirstOrDefault(mechanism => mechanism.Name == name) is { } mechanism
            ? Measure(mechanism.FalsePerYear(table), 0)
            : new Bounded(null, 0, 0);

    /// <summary>Where the interval has no upper end, it is as high as it can be or as the value.</summary>
    private static Bounded Measure(Estimate estimate, double most) =>
        new(estimate.Value, estimate.Low ?? (most > 0 ? 0 : estimate.Value ?? 0), estimate.High ?? Math.Max(most, estimate.Value ?? 0));
}
