using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>The figures of a scenario: from results to what a renderer draws.</summary>
internal static class Plots
{
    /// <summary>States in which nothing is wrong.</summary>
    private static readonly HashSet<string> Well =
        ["working", "alive", "booted", "in service", "restarted", "over", "called off", "done", "Ready", "initialized"];

    /// <summary>States of a machine that there is not, and of a drain that has emptied it: told only where they come or go.</summary>
    private static readonly HashSet<string> Vacant = ["gone", "deleted"];

    /// <summary>Parts of a cluster that are not well and stay so: the first are faults, what follows is what they struck.</summary>
    private const int MostUnchanged = 6;

    /// <summary>Rows of a timeline beneath the services.</summary>
    private const int MostEntities = 40;

    /// <summary>All of them, the services side by side first.</summary>
    public static IEnumerable<IFigureData> Of(StudyFindings findings)
    {
        (ScenarioSpec spec, ResultTable table) = (findings.Spec, findings.Results.Base);
        yield return Availability(findings);
        if (States(table).Any())
        {
            yield return OutageDurations(table);
        }
        if (States(table).Any() && table.HorizonNanoseconds >= SimDuration.NanosecondsPerYear)
        {
            yield return YearlyDowntime(spec, table);
        }
        if (table.Names.Fleet.Count > 0)
        {
            yield return WorkloadPlots.Workloads(table, Basis(table));
        }
        foreach (IFigureData budget in SloPlots.Of(spec, table, WithIntervals(table)))
        {
            yield return budget;
        }
        yield return Timeline(spec, table);
        if (table.Replications > 1)
        {
            yield return ConvergencePlot.Of(findings, Basis(table));
        }
        for (int i = 0; i < table.Names.Services.Count; i++)
        {
            if (table.Totals(i).Outages > 0 || table.Totals(i).MemberOutages.Total > 0)
            {
                yield return ExplanationPlots.Pareto(table, i, Basis(table));
                if (ExplanationPlots.BeganWith(table, i, Basis(table)) is { } beganWith)
                {
                    yield return beganWith;
                }
                yield return ExplanationPlots.Waterfall(table, i, Basis(table));
            }
        }
    }

    /// <summary>The services that are up or down, and not a figure over others: only they have outages and years of their own.</summary>
    private static IEnumerable<int> States(ResultTable table) =>
        Enumerable.Range(0, table.Names.Services.Count).Where(service => table.Totals(service).View is null);

    private static AvailabilityData Availability(StudyFindings findings)
    {
        ResultTable table = findings.Results.Base;
        AvailabilityRow[] rows = [.. table.Names.Services.Select((service, i) =>
        {
            Estimate estimate = AvailabilityInterval.Unavailability(table.Totals(i), Summary.DefaultLevel);
            // In decimal, where 1 − 0.9995 is 0.0005.
            double? objective = ObjectiveOf(findings.Spec, service) is { } share ? (double)(1 - (decimal)share) : null;
            return new AvailabilityRow(service, estimate.Value, estimate.Low ?? 0, estimate.High ?? 1, objective)
            {
                Exact = ConvergencePlot.ExactSeconds(findings, service) / HumanTime.Year,
            };
        })];
        return new AvailabilityData(new FigureHeading("availability", Titles.Availability(rows), WithIntervals(table)), rows, Summary.DefaultLevel);
    }

    private static OutageDurationData OutageDurations(ResultTable table)
    {
        DurationSample[] samples = [.. States(table).Select(i => new DurationSample(table.Names.Services[i], InSeconds(OrderStatistics.Outline(table.Totals(i)))))];
        return new OutageDurationData(
            new FigureHeading("outage-durations", Titles.OutageDurations(samples), $"How long outages last. {Basis(table)}"), samples, ObservedYears(table));
    }

    private static IReadOnlyList<(double Seconds, long Count)> InSeconds(IReadOnlyList<(double Nanoseconds, long Count)> values) =>
        [.. values.Select(value => (value.Nanoseconds * 1e-9, value.Count))];

    private static YearlyDowntimeData YearlyDowntime(ScenarioSpec spec, ResultTable table)
    {
        (int Service, double? Budget)[] states = [.. States(table).Select(i => (i, ObjectiveOf(spec, table.Names.Services[i]) is { } objective
            ? (1 - objective) * 365 * 86400 : (double?)null))];
        YearlyDowntime[] services = [.. states.Zip(DowntimeByYear.Of(table, spec.Run.WarmUp.Nanoseconds, states), (state, years) =>
            new YearlyDowntime(table.Names.Services[state.Service], InSeconds(years), state.Budget))];
        return new YearlyDowntimeData(
            new FigureHeading("downtime-per-year", Titles.YearlyDowntime(services), $"Down time of single years. {Basis(table)}"), services);
    }

    private static TimelineData Timeline(ScenarioSpec spec, ResultTable table)
    {
        ServiceRow worst = table.Rows.MaxBy(row => (row.LongestOutage, -row.Replication))!;
        long end = spec.Run.WarmUp.Nanoseconds + table.HorizonNanoseconds;
        (long start, long length) = worst.Outages.Count == 0
            ? (spec.Run.WarmUp.Nanoseconds, Math.Min(table.HorizonNanoseconds, 30 * SimDuration.NanosecondsPerDay))
            : worst.Outages.Where(o => o.Duration == worst.LongestOutage).Select(o => (o.Start, o.Duration)).FirstOrDefault(
                (worst.Outages[0].Start, worst.Outages[0].Duration));
        long windowStart = Math.Max(0, start - length);
        long windowEnd = Math.Min(end, start > end - length ? end : start + length + (length / 2));
        IEnumerable<TimelineRow> services = table.Blocks[(int)(worst.Replication / Block.Size)].Rows
            .Where(row => row.Replication == worst.Replication && table.Totals(row.Service).View is null)
            .Select(row => new TimelineRow(
            table.Names.Services[row.Service],
            TimelineKind.Service,
            [.. row.Outages.Select(o => (o.Start, o.Start + o.Duration, "down"))]));
        int unchanged = 0;
        IEnumerable<TimelineRow> units = History.Of(
            spec, worst.Replication, new SimTime(windowStart), new SimTime(windowEnd), Well.Contains, MostEntities)
            .Select(track => new TimelineRow(
                WithInstant(track.Entity),
                TimelineKind.Unit,
                [.. track.Spans.Select(s => (s.Start.Nanoseconds, s.End.Nanoseconds, Words(s.State)))]))
            .OrderByDescending(row => spec.Cluster is null ? row.Spans.Count > 0 : Changes(row, windowStart, windowEnd))
            // A cluster has hundreds of parts: those that are well throughout, or not there, are not listed, and few that stay as they are.
            .Where(row => spec.Cluster is null || Changes(row, windowStart, windowEnd)
                || (row.Spans.Any(span => !Vacant.Contains(span.State)) && unchanged++ < MostUnchanged))
            .Take(MostEntities);
        string title = worst.Outages.Count == 0
            ? $"{HumanUnits.Duration((windowEnd - windowStart) * 1e-9)} of {spec.Name}"
            : $"The longest outage of {table.Names.Services[worst.Service]} seen lasted {HumanUnits.Duration(worst.LongestOutage * 1e-9)}";
        string subtitle = $"{spec.Name}, replication {worst.Replication} of {HumanUnits.Count(table.Replications)}, counted from 0"
            + (worst.Outages.Count == 0 && States(table).Any() ? ", in which nothing fails that a user would notice" : "");
        return new TimelineData(
            new FigureHeading("timeline", title, subtitle), end, windowStart, windowEnd, [.. services, .. units],
            worst.Outages.Count == 0 ? null : start);
    }

    /// <summary><c>faults/zone-out/a at 10 d</c> of <c>faults/zone-out/a@864000000000000</c>: what was planned for an instant is called by it.</summary>
    private static string WithInstant(string entity) =>
        entity.StartsWith("faults/", StringComparison.Ordinal) && entity.LastIndexOf('@') is var at and > 0
            && long.TryParse(entity.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long instant)
            ? $"{entity[..at]} at {HumanTime.Instant(instant)}"
            : entity;

    /// <summary>Whether it has two states or more, one of which may be that it is well.</summary>
    private static bool Changes(TimelineRow row, long start, long end) =>
        row.Spans.Count > 1 || row.Spans.Any(span => span.StartNs > start || span.EndNs < end);

    /// <summary><c>setting up</c> of <c>SettingUp</c>: phases of pods are called as Kubernetes does.</summary>
    private static string Words(string state) => string.Concat(state.Select((c, i) =>
        !char.IsUpper(c) ? $"{c}" : i > 0 && char.IsLower(state[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static double? ObjectiveOf(ScenarioSpec spec, string service) =>
        spec.Slos.OfType<WindowSlo>().FirstOrDefault(slo => slo.Service == service)?.Objective;

    private static double ObservedYears(ResultTable table) =>
        (double)table.Replications * table.HorizonNanoseconds / SimDuration.NanosecondsPerYear;

    private static string Basis(ResultTable table) =>
        $"{HumanUnits.Plural(table.Replications, "replication", "replications")} of "
        + HumanUnits.Duration(table.HorizonNanoseconds * 1e-9);

    private static string WithIntervals(ResultTable table) =>
        string.Create(CultureInfo.InvariantCulture, $"{Basis(table)}, {Summary.DefaultLevel:P0} intervals");
}
