using System.Globalization;
using System.Text;
using FailoverSim.Reporting.Figures;
using FailoverSim.Tests;
using FailoverSim.Tests.Measured;

namespace FailoverSim.Benchmarks.RealSoftware;

/// <summary>Table and pictures of engine/docs/validation.md that compare simulated times with measured ones.</summary>
internal static class ValidationPage
{
    private const string Begin = "<!-- measured: begin (written by the benchmarks' verb validation) -->";
    private const string End = "<!-- measured: end -->";

    public static int Update()
    {
        Comparisons all = Comparisons.Simulate();
        string etcd = $"etcd 3.4.23, three members, leader killed; simulated: {Count(Comparisons.Crashes)} crashes each, nothing fitted.";
        Draw("etcd-leader", "etcd elects a new leader as fast as simulated", all.Leader, etcd, "time since the crash");
        Draw("etcd-write", "etcd answers the first write as fast as simulated", all.Write, etcd, "time since the crash");
        Draw("haproxy-checks", "HAProxy takes servers out and in again as simulated", all.Checks,
            $"HAProxy 2.6.12, inter 2s fall 3 rise 2; simulated: {Count(Comparisons.Faults)} faults each, and each recovery with its own delay.",
            "time since the fault or the recovery");

        string table = Table([.. all.Leader, .. all.Write, .. all.Checks]) + "\n" + Table(all.Split) + "\n" + Table(PublishedOutages.Simulate());
        string page = Docs("validation.md");
        string text = File.ReadAllText(page);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(page, $"{text[..begin]}\n{table}{text[end..]}");
        Console.Write(table);
        return 0;
    }

    private static void Draw(string name, string title, Comparison[] comparisons, string subtitle, string axis)
    {
        DistributionsData data = new(
            new FigureHeading($"validation-{name}", title, subtitle + " D: greatest vertical distance; p: chance of one so great."),
            axis,
            ["measured", "simulated"],
            [.. comparisons.Select(c => new DistributionsPanel(
                $"{c.Setting}: {c.Quantity}", $"n = {c.Agreement.Count} · D = {Distance(c)} · {Chance(c, "p = ")}",
                [c.Agreement.Measured, c.Agreement.Simulated]))]);
        File.WriteAllText(Docs("pictures", $"validation-{name}.svg"), new SvgFigureRenderer().Distributions(data));
    }

    private static string Table(Comparison[] comparisons)
    {
        StringBuilder table = new();
        table.AppendLine("| setting | time | n | measured: mean, median, p95 (s) | simulated | D | p |");
        table.AppendLine("|---|---|---|---|---|---|---|");
        foreach (Comparison c in comparisons)
        {
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {c.Software}, {c.Setting} | {c.Quantity} | {c.Agreement.Count} | {Times(c.Agreement.Measured)} | {Times(c.Agreement.Simulated)} | {Distance(c)} | {Chance(c)} |");
        }
        return table.ToString().ReplaceLineEndings("\n");
    }

    private static string Table(SplitVotes[] split)
    {
        StringBuilder table = new();
        table.AppendLine("| etcd: more than one term | measured | simulated |");
        table.AppendLine("|---|---|---|");
        foreach (SplitVotes s in split)
        {
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {s.Setting} | {s.Split} of {s.Trials}: {100.0 * s.Split / s.Trials:F1} % | {100 * s.Simulated:F1} % |");
        }
        return table.ToString().ReplaceLineEndings("\n");
    }

    private static string Table(IReadOnlyList<PublishedOutage> published)
    {
        StringBuilder table = new();
        table.AppendLine("| Kubernetes, one pod | published mean (s) | simulated | difference | |");
        table.AppendLine("|---|---|---|---|---|");
        foreach (PublishedOutage p in published)
        {
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {p.What} | {p.Published:F1} | {p.Simulated:F1} | {100 * p.Difference:+0.0;−0.0} % | {p.Remark} |");
        }
        return table.ToString().ReplaceLineEndings("\n");
    }

    private static string Times(double[] sorted) => string.Create(CultureInfo.InvariantCulture,
        $"{sorted.Average():F3}, {sorted[sorted.Length / 2]:F3}, {sorted[(int)(0.95 * sorted.Length)]:F3}");

    private static string Count(int value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    private static string Distance(Comparison c) => c.Agreement.Distance.ToString("F3", CultureInfo.InvariantCulture);

    private static string Chance(Comparison c, string prefix = "") => c.MedianError is { } error
        ? string.Create(CultureInfo.InvariantCulture, $"trial by trial, median error {1000 * error:F0} ms")
        : prefix + c.Agreement.Significance.ToString("F2", CultureInfo.InvariantCulture);

    private static string Docs(params string[] parts) => Path.Combine([Repository.Root, "engine", "docs", .. parts]);
}
