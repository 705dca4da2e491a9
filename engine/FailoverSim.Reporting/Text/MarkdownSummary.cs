using System.Globalization;
using System.Text;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Text;

/// <summary>
/// <c>summary.md</c>: a run as a comment on a pull request. The verdict comes first; nothing of the machine or the moment is in it,
/// so equal runs give equal bytes.
/// </summary>
public static class MarkdownSummary
{
    public static string Of(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        StringBuilder text = new();
        Line(text, $"## {Escape(report.Spec.Title ?? report.Spec.Name)}");
        Line(text, "");
        Line(text, Verdict(report));
        Services(text, report.Results.Base);
        Slos(text, report);
        Variants(text, report);
        WhatWasRun(text, report);
        return text.ToString();
    }

    /// <summary>One sentence for all objectives, and one for what is in the way.</summary>
    private static string Verdict(RunReport report)
    {
        IReadOnlyList<SloVerdict> verdicts = report.Verdicts;
        string ending = report.IsComplete ? "" : $" {report.Ending}";
        if (verdicts.Count == 0)
        {
            return $"**No objective is set.**{ending}";
        }
        string[] missed = Named(verdicts, Analysis.Estimates.Verdict.Missed);
        string[] undecided = Named(verdicts, Analysis.Estimates.Verdict.Undecided);
        string head = missed.Length > 0 ? $"**Missed:** {Are(missed)} missed"
            : undecided.Length > 0 ? $"**Undecided:** {Are(undecided)} neither met nor missed"
            : $"**Met:** {Are(Named(verdicts, Analysis.Estimates.Verdict.Met))} met";
        string others = missed.Length > 0 && undecided.Length > 0 ? $", {Are(undecided)} undecided" : "";
        int met = verdicts.Count - missed.Length - undecided.Length;
        string rest = met > 0 && met < verdicts.Count
            ? string.Create(CultureInfo.InvariantCulture, $"; {met} of {verdicts.Count} met") : "";
        SloVerdict worst = verdicts.MinBy(verdict => verdict.Verdict switch
        {
            Analysis.Estimates.Verdict.Missed => 0,
            Analysis.Estimates.Verdict.Undecided => 1,
            _ => 2,
        })!;
        return $"{head}{others}{rest}. {Code(worst.Slo.Name)}: {Escape(VerdictText.Of(worst))}.{ending}";
    }

    private static string[] Named(IReadOnlyList<SloVerdict> verdicts, Verdict verdict) =>
        [.. verdicts.Where(v => v.Verdict == verdict).Select(v => Code(v.Slo.Name))];

    private static string Are(string[] names) => $"{string.Join(", ", names)} {(names.Length == 1 ? "is" : "are")}";

    private static void Services(StringBuilder text, ResultTable table)
    {
        Line(text, "");
        Row(text, ["service", "availability", "down per year", "outages per year", "typical", "p95", "longest", "to blame"]);
        Row(text, [.. Enumerable.Repeat("---", 8)]);
        IReadOnlyList<ServiceGlance> glances =
            [.. Enumerable.Range(0, table.Names.Services.Count).Select(i => ConsoleSummary.Of(table.Variant, table.Totals(i)))];
        foreach (ServiceGlance glance in glances)
        {
            Row(text,
            [
                Code(glance.Service), Escape(glance.Availability), Escape(glance.DowntimePerYear), Escape(glance.OutagesPerYear),
                Escape(glance.Typical), Escape(glance.P95), Escape(glance.Longest), Escape(glance.ToBlame),
            ]);
        }
        Line(text, "");
        foreach (ServiceGlance glance in glances)
        {
            Line(text, $"- {Code(glance.Service)}: {Escape(string.Join("; ", [glance.Basis, .. glance.Warnings]))}");
        }
    }

    private static void Slos(StringBuilder text, RunReport report)
    {
        if (report.Verdicts.Count == 0)
        {
            return;
        }
        ResultTable table = report.Results.Base;
        Line(text, "");
        Row(text, ["SLO", "service", "verdict", .. SloText.Heads]);
        Row(text, [.. Enumerable.Repeat("---", 10)]);
        foreach (SloVerdict verdict in report.Verdicts)
        {
            Row(text, [Code(verdict.Slo.Name), Code(verdict.Slo.Service), $"**{VerdictText.Word(verdict.Verdict)}**", .. SloText.Cells(table, verdict)]);
        }
        Line(text, "");
        foreach (SloVerdict verdict in report.Verdicts)
        {
            Line(text, $"- {Code(verdict.Slo.Name)}: {Escape(string.Join("; ", [SloText.Windows(verdict.Slo), .. SloText.ToDecide(table, verdict)]))}");
        }
    }

    /// <summary>What the verdicts would be otherwise; only the base decides.</summary>
    private static void Variants(StringBuilder text, RunReport report)
    {
        if (report.Results.Tables.Count == 1 || report.Verdicts.Count == 0)
        {
            return;
        }
        Line(text, "");
        Row(text, ["variant", .. report.Spec.Slos.Select(slo => Code(slo.Name))]);
        Row(text, [.. Enumerable.Repeat("---", 1 + report.Spec.Slos.Count)]);
        foreach (ResultTable table in report.Results.Tables)
        {
            Row(text,
            [
                Code(table.Variant),
                .. report.VerdictsOf(table).Select(v => $"{VerdictText.Word(v.Verdict)}, {SloText.Probability(v.Probability)}"),
            ]);
        }
    }

    private static void WhatWasRun(StringBuilder text, RunReport report)
    {
        Origin origin = report.Results.Origin;
        RunSpec run = report.Spec.Run;
        string warmUp = run.WarmUp.Nanoseconds > 0 ? $" after {HumanUnits.Duration(run.WarmUp.Seconds)} of warm-up" : "";
        Line(text, "");
        Line(text, "<details><summary>What was run</summary>");
        Line(text, "");
        Line(text, $"- scenario {Code(origin.Scenario)}, SHA-256 of its resolved text {Code(origin.Hash)}");
        Line(text, string.Create(
            CultureInfo.InvariantCulture,
            $"- seed {origin.Seed}, {report.Results.Replications} replications of {HumanUnits.Duration(run.Horizon.Seconds)}{warmUp}; intervals at {HumanUnits.Percent(Summary.DefaultLevel)}"));
        Line(text, $"- engine {Code(origin.EngineVersion)}");
        Line(text, $"- {report.Ending}");
        Line(text, "");
        Line(text, "```sh");
        Line(text, report.Repeat);
        Line(text, "```");
        Line(text, "");
        Line(text, "</details>");
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) => Line(text, $"| {string.Join(" | ", cells)} |");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    /// <summary>Names consist of letters, digits and dashes; what else comes is made harmless.</summary>
    private static string Code(string name) => $"`{name.Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>Text of people as text: no markup, no table cell, no line of its own.</summary>
    internal static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '~' or '@' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }
}
