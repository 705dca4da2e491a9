using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Text;

/// <summary>The workloads that were down longest, in a few lines.</summary>
public static class WorkloadsText
{
    private const int Named = 5;

    /// <summary>Lines without indentation; none where there are no workloads.</summary>
    public static IReadOnlyList<string> Lines(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<MemberSummary> workloads = MemberSummary.Of(table);
        MemberSummary[] worst =
        [
            .. workloads.Where(workload => workload.DowntimePerYear.Value > 0)
                .OrderByDescending(workload => workload.DowntimePerYear.Value) // stable: ties stay in the order of the file
                .Take(Named),
        ];
        if (worst.Length == 0)
        {
            return workloads.Count == 0 ? [] : [$"none of {Count(workloads.Count)} workloads was ever down"];
        }
        string[][] cells =
        [
            ["worst", "down per year", "outages per year", "longest"],
            .. worst.Select(workload => new[]
            {
                workload.Name,
                Down(workload.DowntimePerYear.Times(60)),
                HumanUnits.Number(workload.OutagesPerYear.Value ?? 0),
                workload.LongestOutage is { } longest ? HumanUnits.Duration(longest) : "–",
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        return
        [
            $"{Count(workloads.Count)} workloads, {Count(workloads.Count(w => w.DowntimePerYear.Value == 0))} of them never down:",
            .. cells.Select(row => $"  {string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))}".TrimEnd()),
        ];
    }

    internal static string Down(Estimate seconds) => seconds is { Value: { } value, Low: { } low, High: { } high }
        ? HumanUnits.Duration(value, low, high)
        : "–";

    private static string Count(int workloads) => workloads.ToString(CultureInfo.InvariantCulture);
}
