using System.Globalization;
using CsvHelper;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Tables;

/// <summary>How much of all outages <c>outages.csv</c> holds.</summary>
/// <param name="Written">Rows in the file.</param>
/// <param name="Total">Outages that there were, all variants and services together.</param>
public sealed record OutagesWritten(long Written, long Total)
{
    public bool IsCapped => Written < Total;

    /// <summary>A sentence for the console and the manifest; null where nothing was left out.</summary>
    public string? Note => IsCapped
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"outages.csv holds {Written} of {Total} outages: it is capped; the tables and figures use all of them")
        : null;
}

/// <summary>
/// <c>outages.csv</c>: one row per outage, by variant, replication, service and start. At most <see cref="Cap"/> rows, an equal
/// share for each variant, the lowest replications first. Where rows were left out, the manifest and the console say so; a
/// comment line in the file itself would break readers.
/// </summary>
public static class OutagesFile
{
    public const int Cap = 100_000;

    public static OutagesWritten Write(string path, ResultSet results, int cap = Cap)
    {
        var written = new OutagesWritten(0, 0);
        AtomicFile.WriteText(path, text => written = Write(text, results, cap));
        return written;
    }

    public static OutagesWritten Write(TextWriter text, ResultSet results, int cap = Cap)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var csv = new CsvWriter(text, SummaryFiles.Csv, leaveOpen: true);
        var columns = new OutageColumns(results.Tables);
        columns.WriteHeads(csv);
        long written = 0;
        foreach (ResultTable table in results.Tables)
        {
            int share = cap / results.Tables.Count;
            var outages = table.Rows.SelectMany(row => Enumerable.Range(0, row.Outages.Count).Select(index => (row, index)));
            foreach (var (row, index) in outages.Take(share))
            {
                columns.WriteRow(csv, table, row, index);
                written++;
            }
        }
        return new OutagesWritten(written, results.Tables.Sum(table => Enumerable.Range(0, table.Names.Services.Count).Sum(service => table.Totals(service).Outages)));
    }
}
