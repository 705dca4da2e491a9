using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Results;

/// <summary>From results to the figures that say why a service was down.</summary>
internal static class ExplanationPlots
{
    private const double Nano = 1e-9;
    private const double SecondsPerYear = 365 * 86400;

    public static ParetoData Pareto(ResultTable table, int service, string basis)
    {
        string name = table.Names.Services[service];
        return Pareto(table.Totals(service), AttributionKind.Cause, new FigureHeading($"pareto-{name}", "", $"What {name} is down for. {basis}"),
            (cause, share) => share == 1 ? $"{cause} causes all of {Titles.Of(name)} down time" : $"{cause} causes {Canvas.Share(share)} of {Titles.Of(name)} down time");
    }

    /// <summary>What the outages of a service began with; null where hardly a fault let another one through, and the causes say all.</summary>
    public static ParetoData? BeganWith(ResultTable table, int service, string basis)
    {
        string name = table.Names.Services[service];
        ServiceTotals totals = table.Totals(service);
        return AttributionText.Lines(totals).Count == 0
            ? null
            : Pareto(totals, AttributionKind.Combination, new FigureHeading($"began-with-{name}", "", $"What outages of {name} began with. {basis}"),
                (cause, share) => $"{(share == 1 ? "All" : Canvas.Share(share))} of {Titles.Of(name)} down time began with {cause}");
    }

    private static ParetoData Pareto(ServiceTotals totals, AttributionKind kind, FigureHeading heading, Func<string, double, string> titled)
    {
        IReadOnlyList<AttributionRow> rows = [.. AttributionRows.Of(totals, kind, Summary.DefaultLevel)];
        string title = rows.Count == 0 ? "No down time seen" : titled(rows[0].Name, (double)rows[0].DownTime / (double)totals.Down);
        return new ParetoData(heading with { Title = title }, [.. rows.Select(row => (row.Name, (double)row.DownTime * Nano / 60 / Years(totals)))])
        {
            Intervals =
            [
                .. rows.Select(row => row.MinutesPerYear is { Low: { } low, High: { } high } ? (low, high) : ((double, double)?)null),
            ],
        };
    }

    public static WaterfallData Waterfall(ResultTable table, int service, string basis)
    {
        ServiceTotals totals = table.Totals(service);
        string name = totals.Names.Services[service];
        // Of a view the outages are those of its members, whose mean its down time is.
        int members = totals.View?.Members ?? 1;
        (ReplicationSum failovers, ReplicationSum losses) =
            totals.View is null ? (totals.Failovers, totals.Losses) : (totals.MemberFailovers, totals.MemberLosses);
        WaterfallPanel[] panels =
        [
            Panel(totals, "failover", failovers, stage => (totals.DownByStage[stage].Total - totals.LossByStage[stage]) * members),
            Panel(totals, "loss", losses, stage => totals.LossByStage[stage] * members),
        ];
        return new WaterfallData(
            new FigureHeading($"waterfall-{name}", Titles.Waterfall(name, panels), $"What an outage of {name} is made of. {basis}"),
            panels, Years(totals) * members);
    }

    private static WaterfallPanel Panel(ServiceTotals totals, string kind, ReplicationSum outages, Func<int, Int128> down)
    {
        long count = (long)outages.Total;
        return new WaterfallPanel(
            kind,
            count,
            count / Years(totals) / (totals.View?.Members ?? 1),
            [
                .. Enumerable.Range(0, totals.Names.Stages.Count)
                    .Where(stage => count > 0 && down(stage) > 0)
                    .OrderBy(stage => StageOrder.Of(totals.Names.Stages[stage]))
                    .Select(stage => (totals.Names.Stages[stage], (double)down(stage) * Nano / count)),
            ]);
    }

    private static double Years(ServiceTotals totals) => (double)totals.Exposure * Nano / SecondsPerYear;
}
