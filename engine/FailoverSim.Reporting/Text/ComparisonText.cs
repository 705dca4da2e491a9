using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>What <c>compare</c>, or one sweep, comes to: rows for a table, and what is to be said below it.</summary>
public sealed record ComparisonText(string Title, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes)
{
    private const double SecondsPerYear = 365 * 86400;
    private const string Nothing = "–";

    /// <summary>Column heads of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["service", "variant", "down per year", "nines gained", "luck", "verdict"];

    /// <summary>One for <c>compare</c> and one for each sweep.</summary>
    public static IReadOnlyList<ComparisonText> Of(ResultSet results, IReadOnlyList<ComparedService> compared)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(compared);
        return [.. compared.GroupBy(service => service.Sweep).Select(group => Of(results, group.Key, [.. group]))];
    }

    private static ComparisonText Of(ResultSet results, SweepSpec? sweep, IReadOnlyList<ComparedService> services)
    {
        string baseline = results.Base.Variant;
        string title = sweep is null ? $"Each variant against {baseline}" : $"Sweep {sweep.Name} ({sweep.Path}), each point against {baseline}";
        ILookup<bool, ComparedService> lose = services.ToLookup(service => LosesAnything(service, results));
        return new ComparisonText(
            title,
            [.. lose[true].Where(service => service.Against.Count > 0).SelectMany(service => RowsOf(service, results))],
            [
                .. lose[true].Where(service => service.Ranking.Count > 0).Select(Best), .. Untouched([.. lose[false]]), .. Reasons(services),
                .. Missing(services), .. FalseAlarms(results, services),
            ]);
    }

    /// <summary>Of all that was compared, the baseline first unless a sweep passes its own values.</summary>
    private static IReadOnlyList<string> FalseAlarms(ResultSet results, IReadOnlyList<ComparedService> services)
    {
        IEnumerable<ResultTable> tables = services.SelectMany(service => service.Against).Select(comparison => comparison.Variant).Distinct()
            .Select(variant => results[variant]);
        return DetectionText.Along(services[0].Sweep is null ? [results.Base, .. tables] : [.. tables]);
    }

    private static IEnumerable<IReadOnlyList<string>> RowsOf(ComparedService compared, ResultSet results) =>
    [
        [NameOf(compared), results.Base.Variant, Lost(results.Base, compared), "", "", ""],
        .. compared.Against.Select(comparison => (IReadOnlyList<string>)
        [
            "",
            comparison.Variant,
            Lost(results[comparison.Variant], compared),
            Nines(comparison),
            Luck(comparison.VarianceReduction),
            Verdict(comparison),
        ]),
    ];

    /// <summary><c>better: saves 4.1 min (3.6 – 4.6) a year, at 2 400 EUR a minute (2 100 – 2 800)</c>.</summary>
    public static string Verdict(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Estimate seconds = comparison.Difference.Times(60);
        if (seconds is not { Value: { } value, Low: { } low, High: { } high })
        {
            return Nothing;
        }
        switch (comparison.Standing)
        {
            case Standing.Better:
                return $"better: saves {HumanUnits.Difference(-value, -high, -low)} a year"
                    + Price(comparison.CostPerMinute, comparison.Costs?.PerYear, "") + Price(comparison.CostOncePerMinute, comparison.Costs?.Once, " once");
            case Standing.Worse:
                return $"worse: costs {HumanUnits.Difference(value, low, high)} a year";
            case Standing.Undecided when comparison.Differing == 0:
                return "the same in every replication";
            default:
                string more = comparison.ReplicationsNeeded is { } needed
                    ? $"about {Rounded(needed)} replications would tell"
                    : $"not even {Rounded(Comparison.MostReplications)} replications would tell";
                return $"undecided: {HumanUnits.Difference(value, low, high)} a year; {more}";
        }
    }

    /// <summary><c>+0.42 (0.31 – 0.53)</c>.</summary>
    public static string Nines(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return comparison.Nines is { Value: { } value, Low: { } low, High: { } high } ? HumanUnits.DifferenceOfNumbers(value, low, high, 3) : Nothing;
    }

    private static string Luck(double? factor) => factor switch
    {
        null => Nothing,
        > 1000 => "> × 1 000",
        { } number => $"× {HumanUnits.Number(number)}",
    };

    /// <summary>What is lost by a service, as a row calls it.</summary>
    internal static string NameOf(ComparedService compared) =>
        compared.Loss == Loss.Requests ? $"requests to {compared.Service}" : compared.Service;

    private static string Lost(ResultTable table, ComparedService compared)
    {
        ServiceTotals totals = TotalsOf(table, compared);
        return Losses.Sum(totals, compared.Loss).Total == 0 ? "none seen" : Losses.PartOf(totals, compared.Loss, Summary.DefaultLevel).Times(SecondsPerYear) switch
        {
            { Value: { } value, Low: { } low, High: { } high } => HumanUnits.Duration(value, low, high),
            { High: { } high } => $"< {HumanUnits.Duration(high)}",
            _ => Nothing,
        };
    }

    private static bool LosesAnything(ComparedService compared, ResultSet results) =>
        compared.Against.Select(comparison => results[comparison.Variant]).Prepend(results.Base)
            .Any(table => Losses.Sum(TotalsOf(table, compared), compared.Loss).Total > 0);

    private static IEnumerable<string> Untouched(IReadOnlyList<ComparedService> services)
    {
        if (services.Count > 0)
        {
            yield return $"never down, whatever is varied: {string.Join(", ", services.Select(NameOf))}";
        }
    }

    private static ServiceTotals TotalsOf(ResultTable table, ComparedService compared) =>
        table.Totals(table.Names.Services.ToList().IndexOf(compared.Service));

    private static string Price(Estimate? perMinute, Money? money, string once) =>
        perMinute is { Value: { } value, Low: { } low, High: { } high }
            ? $", at {HumanUnits.Number(value)} {money!.Currency}{once} a minute ({HumanUnits.Number(low)} – {HumanUnits.Number(high)})"
            : "";

    private static string Best(ComparedService compared)
    {
        var ranking = compared.Ranking;
        string head = $"{NameOf(compared)}, best of {ranking.Count}:";
        string[] ties = [.. ranking.Where(ranked => ranked.Rank != Rank.NotBest).Select(ranked => ranked.Variant)];
        return ties.Length == 1 ? $"{head} {ties[0]}"
            : ties.Length == ranking.Count ? $"{head} not to be told yet"
            : $"{head} {string.Join(" or ", ties)}, not to be told apart yet";
    }

    /// <summary>Variants that share little luck with the baseline and the reason, once for all that change the same.</summary>
    private static IEnumerable<string> Reasons(IReadOnlyList<ComparedService> services) =>
        from comparison in services.Where(service => service.Loss == Loss.DownTime).SelectMany(service => service.Against)
        where comparison.VarianceReduction < ComparedService.GoodVarianceReduction
        group comparison by string.Join(' ', comparison.Changes) into poor
        let least = poor.MinBy(comparison => comparison.VarianceReduction)!
        let names = poor.Select(comparison => comparison.Variant).Distinct().ToArray()
        let who = names.Length <= 2 ? string.Join(" and ", names) : $"{names[0]} and {names.Length - 1} others"
        let harm = least.VarianceReduction < 1 ? "warning: common luck does harm here, independent runs would tell more. " : ""
        select $"{harm}{who}: little luck is shared ({string.Join(", ", poor.GroupBy(c => c.Service).Select(Factors))}). {Why(least)}";

    private static string Factors(IGrouping<string, Comparison> service)
    {
        string low = HumanUnits.Number(service.Min(c => c.VarianceReduction) ?? 0);
        string high = HumanUnits.Number(service.Max(c => c.VarianceReduction) ?? 0);
        return low == high ? $"{service.Key} × {low}" : $"{service.Key} × {low} – {high}";
    }

    private static string Why(Comparison comparison)
    {
        List<string> reasons = [];
        if (comparison.Changes.Count > 0)
        {
            reasons.Add(VariantChange.Describe(comparison.Changes));
        }
        if (comparison.Noise.Count > 0)
        {
            reasons.Add($"{HumanUnits.Percent(comparison.Noise[0].Share)} of what varies is {comparison.Noise[0].Cause}");
        }
        if (comparison.VarianceReductionLimit is { } limit and < ComparedService.GoodVarianceReduction)
        {
            reasons.Add($"one varies so much more than the other that no luck could give more than × {HumanUnits.Number(limit)}");
        }
        return string.Join("; ", reasons);
    }

    private static IEnumerable<string> Missing(IReadOnlyList<ComparedService> services) =>
        from service in services
        where service.Without.Count > 0
        select $"{service.Service} is not in {string.Join(", ", service.Without)}, and not compared there";

    /// <summary>Two significant digits: it is a forecast.</summary>
    private static string Rounded(long count)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(count)) - 1));
        double rounded = Math.Ceiling(count / unit) * unit;
        return rounded >= 1e6
            ? string.Create(CultureInfo.InvariantCulture, $"{rounded / 1e6:0.#} M")
            : rounded.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
    }
}
