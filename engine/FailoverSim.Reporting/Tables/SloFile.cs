using System.Globalization;
using CsvHelper;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>slo.csv</c>: one row per variant, SLO and figure of its windows.</summary>
public static class SloFile
{
    private static readonly string[] Columns =
        ["variant", "slo", "service", "windows", "verdict", "statistic", "at", "unit", "estimate", "low", "high", "level", "method", "n"];

    /// <param name="path">The file.</param>
    /// <param name="results">All variants.</param>
    /// <param name="slosOf">What each variant, by name, requires.</param>
    public static void Write(string path, ResultSet results, Func<string, IReadOnlyList<SloSpec>> slosOf) =>
        AtomicFile.WriteText(path, text => Write(text, results, slosOf));

    public static void Write(TextWriter text, ResultSet results, Func<string, IReadOnlyList<SloSpec>> slosOf)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(slosOf);
        using var csv = new CsvWriter(text, SummaryFiles.Csv, leaveOpen: true);
        foreach (string column in Columns)
        {
            csv.WriteField(column);
        }
        csv.NextRecord();
        foreach (ResultTable table in results.Tables)
        {
            foreach (SloVerdict verdict in Summary.Verdicts(table, slosOf(table.Variant)))
            {
                foreach (SloStatistic statistic in Statistics(table, verdict))
                {
                    WriteRow(csv, table, verdict, statistic);
                }
            }
        }
    }

    private static IEnumerable<SloStatistic> Statistics(ResultTable table, SloVerdict verdict)
    {
        int slo = SloStatistics.IndexOf(table, verdict.Slo.Name);
        // What is required limits a probability of its own: of windows that were met, or of those that were not.
        yield return new SloStatistic("probability", null, "share", verdict.Probability);
        yield return new SloStatistic(
            verdict.Slo.Require.AtLeast ? "required-at-least" : "required-at-most", null, "share",
            Fact(verdict.Slo.Require.Probability, "required"));
        if (SloDecision.MoreReplications(table, verdict) is { } more)
        {
            yield return new SloStatistic("more-replications", null, "replications", Fact(more, "present-estimate"));
        }
        foreach (SloStatistic statistic in SloStatistics.OfWindows(table, slo).Concat(SloStatistics.OfTenths(table, slo)))
        {
            yield return statistic;
        }

        Estimate Fact(double value, string method) => new(value, null, null, null, method, table.Replications);
    }

    private static void WriteRow(CsvWriter csv, ResultTable table, SloVerdict verdict, SloStatistic statistic)
    {
        csv.WriteField(table.Variant);
        csv.WriteField(verdict.Slo.Name);
        csv.WriteField(verdict.Slo.Service);
        csv.WriteField(SloText.Windows(verdict.Slo));
        csv.WriteField(VerdictText.Word(verdict.Verdict));
        csv.WriteField(statistic.Name);
        csv.WriteField(SummaryFiles.Number(statistic.At));
        csv.WriteField(statistic.Unit);
        csv.WriteField(SummaryFiles.Number(statistic.Estimate.Value));
        csv.WriteField(SummaryFiles.Number(statistic.Estimate.Low));
        csv.WriteField(SummaryFiles.Number(statistic.Estimate.High));
        csv.WriteField(SummaryFiles.Number(statistic.Estimate.Level));
        csv.WriteField(statistic.Estimate.Method);
        csv.WriteField(statistic.Estimate.N.ToString(CultureInfo.InvariantCulture));
        csv.NextRecord();
    }
}
