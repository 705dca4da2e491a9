using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>Where the down time goes: by stage, by cause, by what came first and last and together, and what would save it.</summary>
internal static class TimeSection
{
    private const double NanosecondsPerSecond = 1e9;
    private const double SecondsPerYear = 365 * 86400;

    public static ReportSection? Of(ReportContent content) => ReportSection.Of("time", "Where the time goes",
        [.. content.InDetail.Select(service => Service(content, service)), Savings(content), Mechanisms(content), Counts(content)]);

    private static Markup Service(ReportContent content, string service)
    {
        ServiceTotals totals = content.Totals(service);
        Markup body = Markup.All(
            Classes(totals),
            content.Show($"waterfall-{service}"), content.Show($"pareto-{service}"), content.Show($"began-with-{service}"),
            PageTable.Folded("Roots and what let them through",
                Parts(totals, AttributionKind.Root, $"{service}: the fault that came last before the outage began"),
                Parts(totals, AttributionKind.Enabler, $"{service}: the faults that were there already when it began")),
            PageTable.List(MarginText.Lines(totals).Select(line => line.Trim())));
        return body.IsNothing ? Markup.Nothing : Markup.All(Markup.Of("h3", service), body);
    }

    /// <summary>How much of the down time the mechanisms take, and how much waits for people or for the end of a fault.</summary>
    private static Markup Classes(ServiceTotals totals)
    {
        if (totals.Down == 0 || totals.Outages + totals.MemberOutages.Total == 0)
        {
            return Markup.Nothing;
        }
        double years = (double)totals.Exposure / NanosecondsPerSecond / SecondsPerYear;
        return Markup.Of("p", totals.LossTime.Total == 0
            ? $"All {PerYear(totals.DownTime)} down in a mean year are failovers, which the mechanisms end unaided."
            : totals.FailoverTime.Total == 0
            ? $"All {PerYear(totals.DownTime)} down in a mean year are losses, in which more was broken than heals by itself."
            : $"Of {PerYear(totals.DownTime)} down in a mean year, {PerYear(totals.FailoverTime)} are failovers, which the mechanisms end unaided, "
            + $"and {PerYear(totals.LossTime)} are losses, in which more was broken than heals by itself.");

        string PerYear(ReplicationSum time) => HumanUnits.Duration((double)time.Total / NanosecondsPerSecond / years);
    }

    private static Markup Parts(ServiceTotals totals, AttributionKind kind, string caption) => PageTable.Of(
        caption, ["fault", "down per year", "share", "outages per year"],
        AttributionRows.Of(totals, kind, Summary.DefaultLevel).Select(row => (IReadOnlyList<string>)
        [
            row.Name, Duration(row.MinutesPerYear), HumanUnits.Percent((double)row.DownTime / (double)totals.Down),
            row.OutagesPerYear is { Value: { } often } ? HumanUnits.Number(often) : "–",
        ]));

    private static string Duration(Estimate minutes) => minutes is { Value: { } value, Low: { } low, High: { } high }
        ? HumanUnits.Duration(60 * value, 60 * low, 60 * high)
        : HumanUnits.Duration(60 * (minutes.Value ?? 0));

    private static Markup Savings(ReportContent content)
    {
        IReadOnlyList<string> services = content.InDetail;
        return PageTable.Of(
            "Saved in a year if one kind of fault never came, with the same luck otherwise; savings overlap", ["fault", .. services],
            content.Findings.Savings.Select(saving => (IReadOnlyList<string>)
            [
                saving.Cause,
                .. services.Select(service => SavingsText.Text(saving.MinutesPerYear[content.Base.Names.Services.ToList().IndexOf(service)])),
            ]));
    }

    /// <summary>Quick notice costs false alarms: both side by side.</summary>
    private static Markup Mechanisms(ReportContent content) => PageTable.Of(
        "How often a year mechanisms acted: because they had to, and for nothing", ["mechanism", "needed a year", "false a year"],
        from mechanism in JudgedMechanism.Of(content.Base.Names.Counters)
        where content.Base.Count(mechanism.All).Total > 0
        select (IReadOnlyList<string>)
        [
            mechanism.Name, HumanUnits.Number(mechanism.NeededPerYear(content.Base).Value ?? 0), HumanUnits.Number(mechanism.FalsePerYear(content.Base).Value ?? 0),
        ]);

    private static Markup Counts(ReportContent content) => PageTable.FoldedData("What happened how often",
        PageTable.Of("Events of the base variant", ["event", "a year"], content.Base.Names.Counters.Select((name, i) =>
        {
            Estimate often = Summary.CountPerYear(content.Base, i);
            return (IReadOnlyList<string>)[name, content.Base.Count(i).Total > 0
                ? HumanUnits.Number(often.Value ?? 0) : $"never seen: at most {HumanUnits.Number(often.High ?? 0)}"];
        })));
}
