using CsvHelper;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>attribution.csv</c>: what the down time of each service is down to, by root, enabler, cause, stage and combination.</summary>
public static class AttributionFile
{
    private const double SecondsPerYear = 365 * 86400;

    private static readonly string[] Columns =
    [
        "variant", "service", "kind", "name", "minutes-per-year", "low", "high", "share",
        "outages-per-year", "outages-low", "outages-high", "if-removed", "if-removed-low", "if-removed-high",
    ];

    public static void Write(string path, ResultSet results, IReadOnlyList<UnseenLosses> unseen, IReadOnlyList<Saving> savings) =>
        AtomicFile.WriteText(path, text => Write(text, results, unseen, savings));

    /// <param name="text">Where to.</param>
    /// <param name="results">All variants.</param>
    /// <param name="unseen">Losses of the base variant that were not seen.</param>
    /// <param name="savings">What it saves without some causes.</param>
    public static void Write(
        TextWriter text, ResultSet results, IReadOnlyList<UnseenLosses> unseen, IReadOnlyList<Saving> savings)
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
                WriteService(csv, table, table.Totals(service), table == results.Base ? savings : []);
                foreach (UnseenLosses losses in unseen.Where(losses => losses.Service == service && table == results.Base))
                {
                    WriteUnseen(csv, table, losses);
                }
            }
        }
    }

    /// <summary>
    /// What the base saves without some causes, as far as the table tells: a service that a cause never held down has no row of it.
    /// </summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="results">What was written there.</param>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static IReadOnlyList<Saving> ReadSavings(string folder, ResultSet results)
    {
        ArgumentNullException.ThrowIfNull(results);
        TidyRow[] rows =
        [
            .. TidyFiles.Read(
                Path.Combine(folder, "attribution.csv"),
                row => row.Text("variant") == results.Base.Variant && row.Text("kind") == NameOf(AttributionKind.Cause) && row.Number("if-removed") is not null),
        ];
        return [.. rows.GroupBy(row => row.Text("name")).Select(cause => new Saving(
            cause.Key, [.. results.Base.Names.Services.Select(service => Saved(cause.FirstOrDefault(row => row.Text("service") == service)))]))];

        Estimate Saved(TidyRow? row) => row is null
            ? new Estimate(null, null, null, Summary.DefaultLevel, "none", results.Replications)
            : new Estimate(
                row.Number("if-removed"), row.Number("if-removed-low"), row.Number("if-removed-high"), Summary.DefaultLevel, "", results.Replications);
    }

    /// <summary>A level has down time without reasons.</summary>
    private static void WriteService(CsvWriter csv, ResultTable table, ServiceTotals totals, IReadOnlyList<Saving> savings)
    {
        if (totals.View is { Kind: ViewKind.Level })
        {
            return;
        }
        foreach (AttributionRow row in AttributionRows.All(totals, Summary.DefaultLevel))
        {
            csv.WriteField(table.Variant);
            csv.WriteField(table.Names.Services[totals.Service]);
            csv.WriteField(NameOf(row.Kind));
            csv.WriteField(row.Name);
            WriteEstimate(csv, row.MinutesPerYear);
            csv.WriteField(SummaryFiles.Number((double)row.DownTime / (double)totals.Down));
            WriteEstimate(csv, row.OutagesPerYear);
            Saving? saving = row.Kind == AttributionKind.Cause ? savings.FirstOrDefault(s => s.Cause == row.Name) : null;
            WriteEstimate(csv, saving?.MinutesPerYear[totals.Service]);
            csv.NextRecord();
        }
    }

    /// <summary>Bounds without estimates; each holds for all of the service's unseen losses together.</summary>
    private static void WriteUnseen(CsvWriter csv, ResultTable table, UnseenLosses losses)
    {
        double seconds = (double)table.Totals(losses.Service).Exposure / 1e9;
        double perYear = PoissonInterval.BoundAfterNone(Summary.DefaultLevel) / seconds * SecondsPerYear;
        foreach (UnseenLoss loss in losses.Unseen)
        {
            csv.WriteField(table.Variant);
            csv.WriteField(table.Names.Services[losses.Service]);
            csv.WriteField("unseen");
            csv.WriteField(loss.Kinds.Name(table.Names));
            WriteEstimate(csv, new Estimate(null, null, perYear * loss.ForcedSeconds / 60, null, "", 0));
            csv.WriteField("");
            WriteEstimate(csv, new Estimate(null, null, perYear, null, "", 0));
            WriteEstimate(csv, null);
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
