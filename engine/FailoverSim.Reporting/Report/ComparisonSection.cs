using FailoverSim.Analysis.Comparisons;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>Variants against the base: verdicts, what they save and cost, which is best.</summary>
internal static class ComparisonSection
{
    public static ReportSection? Of(ReportContent content) => content.Findings.Compared.All(service => service.Sweep is not null)
        ? null
        : ReportSection.Of("comparison", "Which variant is better", [content.Show("forest-"), .. Groups(content, sweeps: false)]);

    /// <summary>Those of <c>compare</c>, or of sweeps: a table of verdicts and one of ranks, and what is to be said of them.</summary>
    public static IEnumerable<Markup> Groups(ReportContent content, bool sweeps) =>
        from @group in content.Findings.Compared.Concat(content.Findings.ComparedRequests).Where(service => service.Sweep is not null == sweeps).GroupBy(service => service.Sweep)
        let told = @group.Where(service => content.InDetail.Contains(service.Service)).ToArray()
        where told.Length > 0
        from text in ComparisonText.Of(content.Findings.Results, told)
        select Markup.All(
            PageTable.Of(text.Title, ComparisonText.Heads, Filled(text.Rows)),
            PageTable.Folded("Which is best, the luck that variants share, and false alarms", Ranking(told), PageTable.List(text.Notes)));

    /// <summary>A service is named in each of its rows: the order may be changed.</summary>
    private static IEnumerable<IReadOnlyList<string>> Filled(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string service = "";
        foreach (IReadOnlyList<string> row in rows)
        {
            service = row[0].Length > 0 ? row[0] : service;
            yield return [service, .. row.Skip(1)];
        }
    }

    private static Markup Ranking(IReadOnlyList<ComparedService> services) => PageTable.Of(
        "Each beside the best of the others",
        ["service", "variant", "a year more (+) or less (−) than the best of the others", "rank"],
        from service in services
        from ranked in service.Ranking
        select (IReadOnlyList<string>)
        [
            ComparisonText.NameOf(service), ranked.Variant,
            ranked.ToBestOfOthers is { Value: { } value, Low: { } low, High: { } high }
                ? HumanUnits.Difference(60 * value, 60 * low, 60 * high, alwaysSigned: true) : "–",
            ranked.Rank switch { Rank.Best => "best", Rank.MayBeBest => "may be best", _ => "not best" },
        ]);
}
