using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>What a comparison comes to, in words.</summary>
public static class ComparisonText
{
    private const double SecondsPerMinute = 60;
    private const string Nothing = "–";

    /// <summary>Column heads for <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["", "down per year", "nines", "luck shared", "verdict"];

    /// <summary>What stands above the table of a service.</summary>
    public static string Title(ComparedService compared, string baseline)
    {
        ArgumentNullException.ThrowIfNull(compared);
        return compared.Sweep is { } sweep
            ? $"{compared.Service} by {sweep.Name} ({sweep.Path}), each against {baseline}"
            : $"{compared.Service}, each against {baseline}";
    }

    /// <summary>The baseline, then each variant.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(ComparedService compared, ResultSet results)
    {
        ArgumentNullException.ThrowIfNull(compared);
        ArgumentNullException.ThrowIfNull(results);
        return
        [
            [results.Base.Variant, Down(results.Base, compared.Service), "", "", ""],
            .. compared.Against.Select(comparison => (IReadOnlyList<string>)
            [
                comparison.Variant,
                Down(results[comparison.Variant], compared.Service),
                Nines(comparison.Nines),
                comparison.VarianceReduction is { } factor ? $"× {HumanUnits.Number(factor)}" : Nothing,
                Verdict(comparison),
            ]),
        ];
    }

    /// <summary>Who is best, what the differences are made of where luck is hardly shared, and what is missing.</summary>
    public static IReadOnlyList<string> Notes(ComparedService compared)
    {
        ArgumentNullException.ThrowIfNull(compared);
        List<string> notes = [];
        if (compared.Ranking.Count > 0)
        {
            notes.Add(Best(compared.Ranking));
        }
        notes.AddRange(compared.Against.Where(c => c.VarianceReduction < ComparedService.GoodVarianceReduction).Select(Reason));
        if (compared.Without.Count > 0)
        {
            notes.Add($"not in {string.Join(", ", compared.Without)}, so not compared");
        }
        return notes;
    }

    /// <summary><c>better: saves 4.1 min (3.6 – 4.6) a year, 2 400 EUR a minute</c>.</summary>
    public static string Verdict(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Estimate difference = comparison.Difference;
        switch (comparison.Standing)
        {
            case Standing.Better:
                string costs = string.Concat(
                    Price(comparison.CostPerMinute, comparison.Costs?.PerYear, ""),
                    Price(comparison.CostOncePerMinute, comparison.Costs?.Once, " once"));
                return $"better: saves {Span(difference.Times(-1) with { Low = -difference.High, High = -difference.Low })} a year{costs}";
            case Standing.Worse:
                return $"worse: costs {Span(difference)} a year";
            case Standing.Undecided when comparison.Differing == 0:
                return "the same in every replication";
            default:
                string more = comparison.ReplicationsNeeded is { } needed
                    ? $"about {Rounded(needed)} replications would tell"
                    : $"more than {Rounded(Comparison.MostReplications)} replications would be needed to tell";
                return $"undecided: {Span(difference)} a year; {more}";
        }
    }

    /// <summary>A difference in minutes with its interval, all in one unit and with a sign where it can be either: <c>−0.3 s (−2.1 – +1.5)</c>.</summary>
    public static string Span(Estimate minutes)
    {
        ArgumentNullException.ThrowIfNull(minutes);
        if (minutes is not { Value: { } value, Low: { } low, High: { } high })
        {
            return Nothing;
        }
        (value, low, high) = (value * SecondsPerMinute, low * SecondsPerMinute, high * SecondsPerMinute);
        double largest = Math.Abs(value) > 0 ? Math.Abs(value) : Math.Max(Math.Abs(low), Math.Abs(high));
        (double unit, string name) = HumanUnits.Units.FirstOrDefault(u => largest >= 0.9995 * u.Seconds, HumanUnits.Units[^1]);
        int decimals = HumanUnits.Decimals((high - low) / unit, largest / unit);
        bool signed = low < 0;
        return $"{Signed(value / unit)} {name} ({Signed(low / unit)} – {Signed(high / unit)})";

        string Signed(double amount) => HumanUnits.Signed(amount, decimals, signed);
    }

    private static string Down(ResultTable table, string service)
    {
        int index = table.Names.Services.ToList().IndexOf(service);
        Estimate seconds = AvailabilityInterval.Unavailability(table.Totals(index), Summary.DefaultLevel).Times(365 * 86400);
        return seconds switch
        {
            { Value: { } value, Low: { } low, High: { } high } => HumanUnits.Duration(value, low, high),
            { High: { } high } => $"< {HumanUnits.Duration(high)}",
            _ => Nothing,
        };
    }

    private static string Nines(Estimate nines)
    {
        if (nines is not { Value: { } value, Low: { } low, High: { } high })
        {
            return Nothing;
        }
        int decimals = HumanUnits.Decimals(high - low, 1);
        return $"{HumanUnits.Signed(value, decimals, true)} ({HumanUnits.Signed(low, decimals, true)} – {HumanUnits.Signed(high, decimals, true)})";
    }

    private static string Price(Estimate? perMinute, Money? money, string once) =>
        perMinute is { Value: { } value, Low: { } low, High: { } high }
            ? $", {HumanUnits.Number(value)} ({HumanUnits.Number(low)} – {HumanUnits.Number(high)}) {money!.Currency}{once} a minute"
            : "";

    private static string Best(IReadOnlyList<RankedVariant> ranking)
    {
        if (ranking.FirstOrDefault(ranked => ranked.Rank == Rank.Best) is { } best)
        {
            return $"best of {ranking.Count}: {best.Variant}";
        }
        string[] ties = [.. ranking.Where(ranked => ranked.Rank == Rank.MayBeBest).Select(ranked => ranked.Variant)];
        return ties.Length == ranking.Count
            ? $"best of {ranking.Count}: cannot be told yet, any of them may be"
            : $"best of {ranking.Count}: {string.Join(" or ", ties)}; they cannot be told apart yet";
    }

    private static string Reason(Comparison comparison)
    {
        string warning = comparison.VarianceReduction < 1 ? "warning: sharing luck does harm here. " : "";
        string changes = comparison.Changes.Count == 0 ? "" : $"{VariantChange.Describe(comparison.Changes)}";
        string noise = comparison.Noise is [{ } most, ..]
            ? $"{HumanUnits.Percent(most.Share)} of what varies is {most.Cause}"
            : "";
        string reason = string.Join("; ", new[] { changes, noise }.Where(text => text.Length > 0));
        return $"{warning}{comparison.Variant} shares little luck with {comparison.Baseline} (× {HumanUnits.Number(comparison.VarianceReduction ?? 0)}): {reason}";
    }

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
