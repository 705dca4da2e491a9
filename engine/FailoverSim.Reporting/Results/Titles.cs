using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Results;

/// <summary>What a figure found, in a line: no more than its data say, and of chance findings that they are.</summary>
internal static class Titles
{
    /// <summary>Beyond this many names a number says more.</summary>
    private const int MostNames = 2;

    /// <summary>A precision beyond which an interval is told rather than half its width.</summary>
    private const double Coarse = 0.5;

    public static string Availability(IReadOnlyList<AvailabilityRow> rows)
    {
        AvailabilityRow[] judged = [.. rows.Where(row => row.Objective is not null)];
        return judged.Length switch
        {
            0 => DownTimes(rows),
            1 => Judged(judged[0]),
            _ => Verdicts(judged),
        };
    }

    public static string OutageDurations(IReadOnlyList<DurationSample> samples)
    {
        (string service, WeightedSample sample) = samples.Select(one => (one.Service, Sample: new WeightedSample(one.Sorted))).MaxBy(one => one.Sample.Total);
        return sample.Count switch
        {
            0 => "No outage seen",
            1 => $"The one outage of {service} lasted {HumanTime.Rounded(sample.Mean)}",
            _ => Quantiles($"of {Of(service)} outages", "are over within", "within", sample),
        };
    }

    public static string YearlyDowntime(IReadOnlyList<YearlyDowntime> services)
    {
        (YearlyDowntime Service, WeightedSample Sample)[] all =
            [.. services.Select(service => (service, new WeightedSample(service.Sorted))).Where(one => one.Item2.Count > 0)];
        if (all.All(one => one.Sample.Total == 0))
        {
            return "No year with down time";
        }
        (YearlyDowntime Service, WeightedSample Sample)[] budgeted = [.. all.Where(one => one.Service.BudgetSeconds is not null)];
        if (budgeted.Length > 0)
        {
            ((string name, _, double? budget), WeightedSample worst) = budgeted.MaxBy(one => one.Sample.ShareAbove(one.Service.BudgetSeconds!.Value));
            double over = worst.ShareAbove(budget!.Value);
            return over > 0
                ? $"{Canvas.Share(over)} of {Of(name)} years exceed the {HumanTime.Rounded(budget.Value)} of its objective"
                : $"No simulated year of {name} exceeds the {HumanTime.Rounded(budget.Value)} of its objective";
        }
        (YearlyDowntime most, WeightedSample sample) = all.MaxBy(one => one.Sample.Mean);
        double none = 1 - sample.ShareAbove(0);
        return none > 0
            ? $"{Canvas.Share(none)} of {Of(most.Service)} years are without down time, 95 % have at most {HumanTime.Rounded(sample.Quantile(0.95))}"
            : Quantiles($"of {Of(most.Service)} years", "have down times of at most", "of at most", sample);
    }

    public static string Workloads(IReadOnlyList<WorkloadGroup> groups)
    {
        double[] all = [.. groups.SelectMany(group => group.Sorted).Order()];
        int never = all.Count(seconds => seconds <= 0);
        return never == all.Length ? "No workload was ever down"
            : never > 0 ? $"{Canvas.Count(never)} of {Canvas.Count(all.Length)} workloads were never down, the worst {HumanTime.Rounded(all[^1])} a year"
            : $"Half of {Canvas.Count(all.Length)} workloads are down at most {HumanTime.Rounded(new WorkloadGroup("", all).Median)} a year, "
                + $"the worst {HumanTime.Rounded(all[^1])}";
    }

    /// <param name="service">What the objective is of.</param>
    /// <param name="sorted">Budget used by the windows that use any, with their number.</param>
    /// <param name="windows">All of them.</param>
    public static string SloBudget(string service, IReadOnlyList<(double Used, long Count)> sorted, long windows)
    {
        long over = sorted.Where(value => value.Used > 1).Sum(value => value.Count);
        return sorted.Count == 0 ? $"No window of {service} used any of its error budget"
            : over == 0 ? $"No window of {service} used up its error budget; the worst used {SloText.OfBudget(sorted[^1].Used)}"
            : $"{Canvas.Share(over / (double)windows)} of {Of(service)} windows use more than their error budget, the worst {SloText.OfBudget(sorted[^1].Used)}";
    }

    public static string SloWindows(string service, int windows, IReadOnlyList<SloWindowsRow> rows)
    {
        int over = rows.Sum(row => row.Windows.Count(window => window.Used > 1));
        return $"{(over == 0 ? "None" : Canvas.Count(over))} of {Canvas.Count((double)rows.Count * windows)} windows of {service} "
            + (over == 1 ? "uses more than its error budget" : "use more than their error budget");
    }

    /// <summary><c>A failover of api-write takes 3 s (59 % detect), a loss 12 min (62 % repair)</c>.</summary>
    public static string Waterfall(string service, IReadOnlyList<WaterfallPanel> panels)
    {
        string[] parts = [.. panels.Where(panel => panel.Stages.Count > 0).Select((panel, i) => Mean(panel, i == 0 ? $" of {service} takes" : ""))];
        return parts.Length == 0 ? $"No outage of {service} seen" : $"A{string.Join(", a", parts)}";
    }

    public static string Convergence(IReadOnlyList<ConvergencePanel> panels)
    {
        (string Service, double Precision)[] known =
        [
            .. panels.Where(panel => panel.Points.Count > 0 && panel.Points[^1].Precision is not null)
                .Select(panel => (panel.Service, panel.Points[^1].Precision!.Value)),
        ];
        if (known.Length == 0)
        {
            return "No down time was seen";
        }
        string replications = Canvas.Count(panels.Max(panel => panel.Points[^1].Replications));
        (string worst, double precision) = known.MaxBy(one => one.Precision);
        string asked = panels.FirstOrDefault(panel => panel.Service == worst)?.Target is { } target ? $"; ± {Percent(target)} was asked for" : "";
        ConvergencePoint last = panels.First(panel => panel.Service == worst).Points[^1];
        return (precision <= Coarse
            ? $"{Of(worst)} down time is known to ± {Percent(precision)} after {replications} replications"
            : $"{Of(worst)} down time is {HumanTime.Rounded(last.Low)} to {HumanTime.Rounded(last.High)} a year, no more is known after {replications} replications")
            + asked;
    }

    /// <summary><c>api-write's</c>, <c>apps'</c>.</summary>
    public static string Of(string name) => name.EndsWith('s') ? $"{name}'" : $"{name}'s";

    private static string Quantiles(string things, string verb, string again, WeightedSample sample)
    {
        (string half, string most) = (HumanTime.Rounded(sample.Quantile(0.5)), HumanTime.Rounded(sample.Quantile(0.95)));
        return half == most ? $"95 % {things} {verb} {most}" : $"Half {things} {verb} {half}, 95 % {again} {most}";
    }

    private static string Percent(double share) => $"{HumanUnits.Number(Math.Round(100 * share, share < 0.0995 ? 1 : 0))} %";

    private static string Mean(WaterfallPanel panel, string verb)
    {
        double mean = panel.Stages.Sum(stage => stage.Seconds);
        (string stage, double seconds) = panel.Stages.MaxBy(stage => stage.Seconds);
        return $" {panel.Kind}{verb} {HumanTime.Rounded(mean)} ({(panel.Stages.Count == 1 ? "all" : Canvas.Share(seconds / mean))} {stage})";
    }

    private static string DownTimes(IReadOnlyList<AvailabilityRow> rows)
    {
        AvailabilityRow[] seen = [.. rows.Where(row => !row.IsBoundOnly).OrderBy(row => row.Unavailability)];
        int never = rows.Count - seen.Length;
        return seen.Length == 0 ? (rows.Count == 1 ? $"{rows[0].Service} was never down" : "No service was ever down")
            : rows.Count == 1 ? $"{rows[0].Service} is {Down(rows[0])}"
            : never > 0 ? $"{seen[^1].Service} is {Down(seen[^1])}; {never} of {rows.Count} services {(never == 1 ? "was" : "were")} never down"
            : $"From {PerYear(seen[0])} ({seen[0].Service}) to {PerYear(seen[^1])} ({seen[^1].Service}) down a year on average";
    }

    /// <summary>Of means: what the objective asks of single windows is for other figures.</summary>
    private static string Judged(AvailabilityRow row) =>
        $"{row.Service} is {Down(row)}, {row.Verdict switch { "met" => "within", "missed" => "beyond", _ => "not told apart from" }} "
        + $"the {HumanTime.Rounded(row.Objective!.Value * HumanTime.Year)} of its {NinesTicks.Percent(row.Objective.Value)}";

    private static string Verdicts(AvailabilityRow[] judged)
    {
        string[] missed = [.. judged.Where(row => row.Verdict == "missed").Select(row => row.Service)];
        string[] open = [.. judged.Where(row => row.Verdict == "open").Select(row => row.Service)];
        string undecided = open.Length > 0 ? $"; of {Named(open)} it is not told yet" : "";
        return missed.Length switch
        {
            0 when open.Length == judged.Length => $"Of none of {judged.Length} services is it told yet whether it keeps to its objective on average",
            0 => $"{(open.Length == 0 ? "All" : $"{judged.Length - open.Length} of")} {judged.Length} services keep to their objectives on average{undecided}",
            1 => $"{missed[0]} is down longer on average than its objective allows{undecided}",
            _ => $"{Named(missed)} are down longer on average than their objectives allow{undecided}",
        };
    }

    private static string Named(string[] names) => names.Length <= MostNames ? string.Join(" and ", names) : Canvas.Count(names.Length) + " services";

    private static string Down(AvailabilityRow row) => row.IsBoundOnly
        ? $"down less than {HumanTime.Rounded(Math.Min(1, row.High) * HumanTime.Year)} a year"
        : $"down {PerYear(row)} a year on average";

    private static string PerYear(AvailabilityRow row) => HumanTime.Rounded(row.Unavailability!.Value * HumanTime.Year);
}
