using System.Globalization;
using FailoverSim.Analysis.Comparisons;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>The figures of <c>compare</c> and <c>sweep</c>: from comparisons to the data that a renderer draws.</summary>
internal static class StudyPlots
{
    private const double SecondsPerYear = 365 * 86400;

    public static IEnumerable<IFigureData> Of(ResultSet results, IEnumerable<ComparedService> compared)
    {
        foreach (ComparedService service in compared.Where(service => service.Against.Count > 0))
        {
            yield return service.Sweep is { } sweep ? Sweep(results, service, sweep) : Forest(results, service);
        }
    }

    private static ForestData Forest(ResultSet results, ComparedService service) => new(
        new FigureHeading($"forest-{FileNameOf(service)}", $"{ComparisonText.NameOf(service)}: {Verdicts(service.Against)}", Basis(results)),
        results.Base.Variant,
        [.. service.Against.Select(comparison => new ForestRow(
            comparison.Variant,
            60 * (comparison.Difference.Value ?? 0), 60 * (comparison.Difference.Low ?? 0), 60 * (comparison.Difference.High ?? 0),
            JudgementOf(comparison), ComparisonText.Nines(comparison)))],
        Summary.DefaultLevel,
        LostBy(service));

    private static SweepData Sweep(ResultSet results, ComparedService service, SweepSpec sweep)
    {
        var points = sweep.Points
            .Select(point => (Point: point, Comparison: service.Against.FirstOrDefault(c => c.Variant == point.Variant.Name)))
            .Where(point => point.Comparison is not null);
        return new SweepData(
            new FigureHeading($"sweep-{sweep.Name}-{FileNameOf(service)}", Title(service, sweep), Basis(results)),
            sweep.Paths[0],
            results.Base.Variant,
            PerYear(results.Base, service).Value,
            [.. points
                .GroupBy(point => string.Join(", ", sweep.Paths.Zip(point.Point.Values, (path, value) => $"{path} {value.Text}").Skip(1)))
                .Select(curve => new SweptCurve(curve.Key, [.. curve.Select(point =>
                    Swept(point.Point.Values[0], PerYear(results[point.Point.Variant.Name], service), JudgementOf(point.Comparison!)))]))],
            Summary.DefaultLevel,
            LostBy(service));
    }

    private static string Title(ComparedService service, SweepSpec sweep) =>
        $"{service.Service}: {LostBy(service)} by {sweep.Name}, {Found(service, sweep)}";

    private static string FileNameOf(ComparedService service) =>
        service.Loss == Loss.Requests ? OfRequests(service.Service) : service.Service;

    /// <summary>The name of a figure of lost requests, beside that of down time.</summary>
    internal static string OfRequests(string name) => $"{name}-requests";

    private static string LostBy(ComparedService service) => service.Loss == Loss.Requests ? "lost requests" : "down time";

    /// <summary><c>least at vip-lease=5s</c>.</summary>
    internal static string Found(ComparedService service, SweepSpec sweep)
    {
        string[] best = [.. service.Ranking.Where(ranked => ranked.Rank != Rank.NotBest).Select(ranked => ranked.Variant)];
        return best.Length switch
        {
            1 => $"least at {best[0]}",
            2 => $"least at {best[0]} or {best[1]}",
            _ => $"no best {sweep.Name} found yet",
        };
    }

    private static SweptPoint Swept(SweptValue value, Estimate seconds, Judgement judgement) =>
        new(value.Text, value.Amount, seconds.Value, seconds.Low ?? 0, seconds.High ?? SecondsPerYear, judgement);

    internal static Estimate PerYear(ResultTable table, ComparedService service)
    {
        int index = table.Names.Services.ToList().IndexOf(service.Service);
        return Losses.PartOf(table.Totals(index), service.Loss, Summary.DefaultLevel).Times(SecondsPerYear);
    }

    private static Judgement JudgementOf(Comparison comparison) => comparison.Standing switch
    {
        Standing.Better => Judgement.Better,
        Standing.Worse => Judgement.Worse,
        _ => Judgement.Undecided,
    };

    /// <summary><c>third-feed is better than base, three-members is worse, 2 are undecided</c>.</summary>
    private static string Verdicts(IReadOnlyList<Comparison> comparisons)
    {
        string baseline = comparisons[0].Baseline;
        if (comparisons.Count > 1 && comparisons.All(comparison => comparison.Standing == Standing.Undecided))
        {
            return string.Create(CultureInfo.InvariantCulture, $"none of {comparisons.Count} is told apart from {baseline} yet");
        }
        List<string> parts = [];
        foreach ((Standing standing, string word) in new[]
        {
            (Standing.Better, "better than " + baseline), (Standing.Worse, "worse than " + baseline), (Standing.Undecided, "undecided"),
        })
        {
            string[] names = [.. comparisons.Where(comparison => comparison.Standing == standing).Select(comparison => comparison.Variant)];
            if (names.Length > 0)
            {
                string who = names.Length <= 2 ? string.Join(" and ", names) : names.Length.ToString(CultureInfo.InvariantCulture);
                parts.Add($"{who} {(names.Length == 1 ? "is" : "are")} {word}");
            }
        }
        return string.Join("; ", parts);
    }

    internal static string Basis(ResultSet results) =>
        $"{HumanUnits.Plural(results.Replications, "replication", "replications")} of {HumanUnits.Duration(results.Base.HorizonNanoseconds * 1e-9)}, the same luck for all";
}
