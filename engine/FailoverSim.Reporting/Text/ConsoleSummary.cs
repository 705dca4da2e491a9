using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Text;

/// <summary>What one service is said to be, at a glance; all text, ready for a table.</summary>
public sealed record ServiceGlance
{
    public required string Variant { get; init; }
    public required string Service { get; init; }
    public required string Availability { get; init; }
    public required string Nines { get; init; }
    public required string DowntimePerYear { get; init; }
    public required string OutagesPerYear { get; init; }
    public required string Typical { get; init; }
    public required string P95 { get; init; }
    public required string Longest { get; init; }

    /// <summary>The causes with the largest shares of down time, at most three.</summary>
    public required string ToBlame { get; init; }

    /// <summary>How sure this is, in words.</summary>
    public required string Basis { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Turns results into what an SRE reads first.</summary>
public static class ConsoleSummary
{
    private const int CausesNamed = 3;
    private const string Nothing = "–";

    /// <summary>Column heads for a table of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["variant", "service", "availability", "nines", "down per year", "outages per year", "typical", "p95", "longest", "to blame"];

    public static IReadOnlyList<string> Cells(ServiceGlance glance)
    {
        ArgumentNullException.ThrowIfNull(glance);
        return
        [
            glance.Variant, glance.Service, glance.Availability, glance.Nines, glance.DowntimePerYear, glance.OutagesPerYear,
            glance.Typical, glance.P95, glance.Longest, glance.ToBlame,
        ];
    }

    public static IReadOnlyList<ServiceGlance> Of(ResultSet results, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            .. from table in results.Tables
               from service in Enumerable.Range(0, table.Names.Services.Count)
               select Of(table.Variant, table.Totals(service), level),
        ];
    }

    public static ServiceGlance Of(string variant, ServiceTotals totals, double level = Summary.DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var metrics = Summary.Of("", variant, totals, level).ToDictionary(row => row.Metric, row => row.Estimate);
        var unavailability = metrics["unavailability"];
        double years = (double)totals.Exposure / (365 * 86400e9);
        // The bound is true and says nothing of a service that was up for centuries: it is told below, with what it assumes.
        bool isUnseen = totals.View is null && totals.Down == 0 && totals.Replications > 1;
        return new ServiceGlance
        {
            Variant = variant,
            Service = totals.Names.Services[totals.Service],
            Availability = isUnseen ? "never down" : AvailabilityText.Percent(unavailability),
            Nines = isUnseen ? Nothing : AvailabilityText.Nines(unavailability),
            DowntimePerYear = isUnseen ? "none seen" : WithInterval(metrics["downtime-per-year"].Times(60), HumanUnits.Duration, HumanUnits.Duration),
            OutagesPerYear = totals.View switch
            {
                null => OutagesPerYear(totals.Outages, metrics["outages-per-year"], years),
                { Members: 0 } => Nothing,
                { } view => OutagesPerYear((long)totals.MemberOutages.Total, metrics["outages-per-year"], years * view.Members),
            },
            Typical = totals.View is null ? Quantile(metrics["outage-duration-p50"], metrics["outage-duration-max"]) : Nothing,
            P95 = totals.View is null ? Quantile(metrics["outage-duration-p95"], metrics["outage-duration-max"]) : Nothing,
            Longest = totals.View is null ? Duration(metrics["outage-duration-max"]) : Nothing,
            ToBlame = ToBlame(totals),
            Basis = Basis(totals, unavailability, metrics["downtime-per-year"], years),
            Warnings = [.. unavailability.Cautions.Words(totals.View is not null)],
        };
    }

    private static string WithInterval(
        Estimate estimate, Func<double, string> format, Func<double, double, double, string> formatInterval) =>
        (estimate.Value, estimate.Low, estimate.High) switch
        {
            ({ } value, { } low, { } high) => formatInterval(value, low, high),
            ({ } value, _, _) => format(value),
            (null, _, { } high) => $"< {format(high)}",
            _ => Nothing,
        };

    private static string OutagesPerYear(long outages, Estimate perYear, double years)
    {
        if (outages > 0)
        {
            return WithInterval(perYear, HumanUnits.Number, HumanUnits.Number);
        }
        string bound = perYear.High is { } high ? $": rate < {HumanUnits.Number(high)} /y ({HumanUnits.Percent(perYear.Level ?? 0)})" : "";
        return $"none in {HumanUnits.Number(years)} y{bound}";
    }

    private static string Duration(Estimate seconds) =>
        seconds.Value is { } value ? HumanUnits.Duration(value) : Nothing;

    // Too few outages to tell this quantile from the maximum: it may well lie beyond.
    private static string Quantile(Estimate quantile, Estimate longest) =>
        (quantile.Value is not null && quantile.High is null && quantile.Value >= longest.Value ? "≥ " : "") + Duration(quantile);

    private static string ToBlame(ServiceTotals totals)
    {
        var causes = totals.DownByCause
            .Select((down, cause) => (Down: down.Total, Name: totals.Names.Causes[cause]))
            .Where(cause => cause.Down > 0)
            .OrderByDescending(cause => cause.Down) // stable: ties stay in the order of the names
            .Take(CausesNamed)
            .Select(cause => $"{cause.Name} {HumanUnits.Percent((double)cause.Down / (double)totals.Down)}");
        string text = string.Join(", ", causes);
        return text.Length == 0 || totals.View is { Kind: ViewKind.Level } ? Nothing : text;
    }

    private static string Basis(ServiceTotals totals, Estimate unavailability, Estimate minutes, double years)
    {
        string outages = totals.View switch
        {
            null => $"{HumanUnits.Count(totals.Outages)} outages in ",
            { Kind: ViewKind.Level } => "",
            { Kind: ViewKind.Mean } view => $"{HumanUnits.Count((long)totals.MemberOutages.Total)} outages of {view.Members} workloads in ",
            _ => $"{HumanUnits.Count((long)totals.MemberOutages.Total)} outages of one workload of each replication in ",
        };
        string seen = $"{outages}{HumanUnits.Number(years)} y ({HumanUnits.Count(totals.Replications)} replications)";
        string how = unavailability.Method switch
        {
            "replications" => "replications as units",
            "compound-poisson" => "outages as units, taken as independent",
            "fay-feuer" => "a single outage",
            "rule-of-three" when unavailability.Value is null =>
                $"no down time seen, so at most {HumanUnits.Duration(60 * minutes.High ?? 0)} a year even if a replication of a kind not seen yet is down from end to end",
            "rule-of-three" => "all replications alike: a bound for kinds not seen",
            _ => unavailability.Method,
        };
        return $"{seen}; {HumanUnits.Percent(unavailability.Level ?? 0)} interval: {how}";
    }
}
