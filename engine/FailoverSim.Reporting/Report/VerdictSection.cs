using System.Text.RegularExpressions;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>What a reader takes along who reads no further.</summary>
internal static class VerdictSection
{
    public static ReportSection? Of(ReportContent content)
    {
        VerdictWords words = VerdictWords.Of(content);
        int warnings = WarningsSection.Entries(content).Count;
        string[] others = [.. content.Base.Names.Services.Except(content.InDetail)];
        return ReportSection.Of("verdict", "The answer",
            Markup.Of("div.verdict",
                words.Sign is { } sign ? Markup.Of("p.sign", sign) : Markup.Nothing,
                Markup.Of("p.lead", Unbroken(words.Answer)),
                Markup.Of("p.lead", Unbroken(words.Why)),
                warnings == 0 ? Markup.Nothing : Markup.Of("p", Markup.Of("a", [("href", $"#{WarningsSection.Id}")],
                    warnings == 1 ? "One thing to bear in mind" : $"{HumanUnits.Count(warnings)} things to bear in mind"))),
            Services(content, "Services", content.InDetail),
            PageTable.Folded($"{HumanUnits.Count(others.Length)} more services", Services(content, "More services", others)));
    }

    /// <summary>A line ends between numbers and not within one, its unit or its interval.</summary>
    private static string Unbroken(string text) => NumberParts.Replace(text, "\u00a0");

    private static Regex NumberParts { get; } = new(@"(?<=[\d)]) (?=[\d(–%]|(?:ns|µs|ms|s|min|h|d|y)\b)|(?<=–) (?=[\d+−])");

    private static Markup Services(ReportContent content, string caption, IReadOnlyList<string> services) =>
        PageTable.Of(caption, [.. ConsoleSummary.Heads.Skip(1)], services.Select(service =>
            (IReadOnlyList<string>)[.. ConsoleSummary.Cells(ConsoleSummary.Of(content.Base.Variant, content.Totals(service))).Skip(1)]));
}
