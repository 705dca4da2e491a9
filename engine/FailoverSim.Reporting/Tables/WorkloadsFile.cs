using System.Globalization;
using CsvHelper;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>workloads.csv</c>: one row per variant and workload, in the order of the scenario.</summary>
public static class WorkloadsFile
{
    private static readonly string[] Columns =
    [
        "variant", "workload", "group", "availability", "low", "high", "downtime-per-year", "outages-per-year", "outage-duration-mean",
        "longest", "request-availability", "n",
    ];

    public static void Write(string path, ResultSet results) => AtomicFile.WriteText(path, text => Write(text, results));

    public static void Write(TextWriter text, ResultSet results)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var csv = new CsvWriter(text, SummaryFiles.Csv, leaveOpen: true);
        foreach (string column in Columns)
        {
            csv.WriteField(column);
        }
        csv.NextRecord();
        foreach (ResultTable table in results.Tables)
        {
            foreach (MemberSummary workload in MemberSummary.Of(table))
            {
                WriteRow(csv, table.Variant, workload);
            }
        }
    }

    private static void WriteRow(CsvWriter csv, string variant, MemberSummary workload)
    {
        csv.WriteField(variant);
        csv.WriteField(workload.Name);
        csv.WriteField(workload.Group);
        csv.WriteField(SummaryFiles.Number(workload.Availability.Value));
        csv.WriteField(SummaryFiles.Number(workload.Availability.Low));
        csv.WriteField(SummaryFiles.Number(workload.Availability.High));
        csv.WriteField(SummaryFiles.Number(workload.DowntimePerYear.Value));
        csv.WriteField(SummaryFiles.Number(workload.OutagesPerYear.Value));
        csv.WriteField(SummaryFiles.Number(workload.OutageDuration.Value));
        csv.WriteField(SummaryFiles.Number(workload.LongestOutage));
        csv.WriteField(SummaryFiles.Number(workload.RequestAvailability?.Value));
        csv.WriteField(workload.Replications.ToString(CultureInfo.InvariantCulture));
        csv.NextRecord();
    }
}
