using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Report;

/// <summary>The answer in two sentences: whether the objectives are met and by how much; how long, for what, and what would be better.</summary>
/// <param name="Sign">One word for all objectives, with a sign that needs no colour; null where none is set.</param>
/// <param name="Answer">The first sentence.</param>
/// <param name="Why">The second one; empty where nothing is to blame and nothing is compared.</param>
internal sealed record VerdictWords(string? Sign, string Answer, string Why)
{
    private const double SecondsPerYear = 365 * 86400;

    public static VerdictWords Of(ReportContent content)
    {
        IReadOnlyList<SloVerdict> verdicts = content.Findings.Verdicts;
        if (verdicts.Count == 0)
        {
            string first = content.InDetail[0];
            return new VerdictWords(null, Sentence([Availability(content.Totals(first), first)]), Sentence([.. Blame(content.Totals(first)), .. Better(content, first)]));
        }
        SloVerdict worst = verdicts.MinBy(verdict => (Order(verdict.Verdict), verdict.Verdict == Verdict.Missed ? -Margin(verdict) : Margin(verdict)))!;
        string service = worst.Slo.Service;
        ServiceTotals totals = content.Totals(service);
        return new VerdictWords(
            VerdictText.WithSign(worst.Verdict), $"{Counted(verdicts, worst)}: {Probability(worst)}.",
            Sentence([Availability(totals, service), .. Blame(totals), .. Better(content, service)]));
    }

    /// <summary>Of several the one that decides: missed before undecided before met; of those missed the furthest, else the closest.</summary>
    private static int Order(Verdict verdict) => verdict switch { Verdict.Missed => 0, Verdict.Undecided => 1, _ => 2 };

    private static double Margin(SloVerdict verdict) =>
        Math.Abs((verdict.Probability.Value ?? 0) - verdict.Slo.Require.Probability) / Math.Max(verdict.Probability.HalfWidth, 1e-12);

    private static string Counted(IReadOnlyList<SloVerdict> verdicts, SloVerdict worst)
    {
        string word = VerdictText.Word(worst.Verdict);
        int alike = verdicts.Count(verdict => verdict.Verdict == worst.Verdict);
        return verdicts.Count == 1 ? $"The objective {worst.Slo.Name} is {word}"
            : alike == verdicts.Count ? $"{(alike == 2 ? "Both" : $"All {Digits(alike)}")} objectives are {word}, {worst.Slo.Name} {Most(worst)}"
            : alike == 1 ? $"Of {Digits(verdicts.Count)} objectives {worst.Slo.Name} is {word}"
            : $"{Digits(alike)} of {Digits(verdicts.Count)} objectives are {word}, {worst.Slo.Name} {Most(worst)}";
    }

    private static string Most(SloVerdict verdict) => verdict.Verdict == Verdict.Missed ? "by the most" : "most narrowly";

    private static string Probability(SloVerdict verdict)
    {
        SloSpec slo = verdict.Slo;
        string p = SloText.Probability(verdict.Probability);
        string limit = $"{(slo.Require.AtLeast ? "at least" : "at most")} {HumanUnits.Number(100 * slo.Require.Probability)} % is {(slo.Require.AtLeast ? "required" : "allowed")}";
        string what = slo switch
        {
            OutageSlo outage => $"an outage of {slo.Service} longer than {HumanUnits.Duration(outage.LongerThan.Seconds)} begins in {p} of all spans of {HumanUnits.Duration(slo.Window.Seconds)}",
            WindowSlo window => string.Create(CultureInfo.InvariantCulture,
                $"{slo.Service} keeps {100 * (decimal)window.Objective:0.##########} % availability in {p} of {(window.Months is not null ? "calendar months" : $"{(window.Rolls ? "rolling " : "")}windows of {HumanUnits.Duration(slo.Window.Seconds)}")}"),
            _ => $"its probability is {p}",
        };
        return $"{what}, where {limit}{Distance(verdict)}";
    }

    /// <summary>How far the estimate is from the limit, in points of percent: what is left, or what is missing.</summary>
    private static string Distance(SloVerdict verdict) => verdict.Probability.Value is not { } value ? ""
        : verdict.Verdict == Verdict.Undecided ? ", which the interval does not decide"
        : $": {HumanUnits.Number(100 * Math.Abs(value - verdict.Slo.Require.Probability))} points {(verdict.Verdict == Verdict.Met ? "to spare" : verdict.Slo.Require.AtLeast ? "short" : "too many")}";

    private static string Availability(ServiceTotals totals, string service)
    {
        Estimate unavailability = AvailabilityInterval.Unavailability(totals, Summary.DefaultLevel);
        string up = $"{service} is up for {AvailabilityText.Percent(unavailability)} of the time";
        return unavailability.Times(SecondsPerYear) switch
        {
            { Value: { } value, Low: { } low, High: { } high } => $"{up}: down {HumanUnits.Duration(value, low, high)} a year",
            { High: { } high } => $"no down time of {service} was seen, which leaves up to {HumanUnits.Duration(high)} a year",
            _ => up,
        };
    }

    private static IEnumerable<string> Blame(ServiceTotals totals)
    {
        if (totals.Down == 0 || totals.View is { Kind: Kernel.Results.ViewKind.Level })
        {
            yield break;
        }
        AttributionRow first = AttributionRows.Of(totals, AttributionKind.Cause, Summary.DefaultLevel).First();
        double share = (double)first.DownTime / (double)totals.Down;
        string time = first.MinutesPerYear is { Value: { } value, Low: { } low, High: { } high }
            ? HumanUnits.Duration(60 * value, 60 * low, 60 * high) : HumanUnits.Duration(60 * (first.MinutesPerYear.Value ?? 0));
        bool isSure = first.MinutesPerYear.HalfWidth <= first.MinutesPerYear.Value;
        AttributionRow? second = AttributionRows.Of(totals, AttributionKind.Cause, Summary.DefaultLevel).Skip(1).FirstOrDefault();
        bool isClose = second?.MinutesPerYear.High >= first.MinutesPerYear.Low;
        yield return isSure && isClose
            ? $"{first.Name} and {second!.Name} are most to blame, with {HumanUnits.Percent(share)} and {HumanUnits.Percent((double)second.DownTime / (double)totals.Down)} of it"
            : !isSure ? $"{first.Name} seems most to blame, with about {HumanUnits.Percent(share)} of it, of which too little was seen to be sure"
            : share > 0.995 ? $"{first.Name} is to blame for all of it"
            : $"{first.Name} is most to blame, with {time} a year or {HumanUnits.Percent(share)} of it";
    }

    /// <summary>What <c>compare</c> and each sweep come to for that service.</summary>
    private static IEnumerable<string> Better(ReportContent content, string service) =>
        content.Findings.Compared.Where(compared => compared.Service == service && compared.Against.Count > 0).Select(compared => Best(compared, content.Findings));

    private static string Best(ComparedService compared, StudyFindings findings)
    {
        string finished = findings.Outcome.Unfinished.Count > 0 ? " that were finished" : "";
        string of = (compared.Sweep is null ? $"{Digits(compared.Against.Count + 1)} variants" : $"{Digits(compared.Against.Count)} values tried") + finished;
        string[] first = [.. compared.Ranking.Where(ranked => ranked.Rank != Rank.NotBest).Select(ranked => ranked.Variant)];
        if (first is [var best])
        {
            Comparison? comparison = compared.Against.FirstOrDefault(against => against.Variant == best);
            return $"{best} is the best of {of}{(comparison?.Standing == Standing.Better ? $" and saves {Saved(comparison)} a year" : "")}";
        }
        string baseline = compared.Against[0].Baseline;
        string[] better = [.. compared.Against.Where(against => against.Standing == Standing.Better).Select(against => against.Variant)];
        return better is [var only] ? $"{only} is better than {baseline} and saves {Saved(compared.Against.First(against => against.Variant == only))} a year"
            : better.Length > 1 ? $"{Digits(better.Length)} of {of} are better than {baseline}, and the best of them is not decided yet"
            : compared.Against is [var single] ? $"{single.Variant} cannot be told from {baseline} yet"
            : first.Length is 2 or 3 ? $"{string.Join(" or ", first)} may be the best of {of}"
            : $"of {of} none is known to be best yet";
    }

    private static string Saved(Comparison comparison)
    {
        Estimate seconds = comparison.Difference.Times(60);
        return HumanUnits.Difference(-seconds.Value!.Value, -seconds.High!.Value, -seconds.Low!.Value);
    }

    private static string Sentence(IReadOnlyList<string> parts) => parts.Count == 0 ? "" : $"{Capital(string.Join("; ", parts))}.";

    /// <summary>Names stay as they are written, even at the beginning.</summary>
    private static string Capital(string text) => text.StartsWith("of ", StringComparison.Ordinal) || text.StartsWith("no ", StringComparison.Ordinal)
        ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
