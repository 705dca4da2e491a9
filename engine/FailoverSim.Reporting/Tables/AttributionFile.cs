using CsvHelper;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>attribution.csv</c>: what the down time of each service is down to, by root, enabler, cause, stage and combination.</summary>
public static class AttributionFile
{
    private static readonly string[] Columns =
    [
        "variant", "service", "kind", "name", "minutes-per-year", "low", "high", "share",
        "outages-per-year", "outages-low", "outages-high",
    ];

    public static void Write(string path, ResultSet results, double level = Summary.DefaultLevel) =>
        AtomicFile.WriteText(path, text => Write(text, results, level));

    public static void Write(TextWriter text, ResultSet results, double level = Summary.DefaultLevel)
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
            for (int service = 0; service < table.Names.Services.Count; service++)
            {
                WriteService(csv, table, table.Totals(service), level);
            }
        }
    }

    /// <summary>A level has down time without reasons.</summary>
    private static void WriteService(CsvWriter csv, ResultTable table, ServiceTotals totals, double level)
    {
        if (totals.View is { Kind: ViewKind.Level })
        {
            return;
        }
        foreach (AttributionRow row in AttributionRows.All(totals, level))
        {
            csv.WriteField(table.Variant);
            csv.WriteField(table.Names.Services[totals.Service]);
            csv.WriteField(NameOf(row.Kind));
            csv.WriteField(row.Name);
            WriteEstimate(csv, row.MinutesPerYear);
            csv.WriteField(SummaryFiles.Number((double)row.DownTime / (double)totals.Down));
            WriteEstimate(csv, row.OutagesPerYear);
            csv.NextRecord();
        }
    }

    private static void WriteEstimate(CsvWriter csv, Estimate? estimate)
    {
        csv.WriteField(SummaryFiles.Number(estimate?.Value));
        csv.WriteField(SummaryFiles.Number(estimate?.Low));
        csv.WriteField(SummaryFiles.Number(estimate?.High));
    }

    private static string NameOf(AttributionKind kind) => kind.ToString().ToLowerInvariant();
}
