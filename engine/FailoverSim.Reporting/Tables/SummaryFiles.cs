using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using FailoverSim.Analysis.Estimates;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>summary.csv</c> and <c>summary.json</c>: the same tidy rows; only the JSON has room for the cautions.</summary>
public static class SummaryFiles
{
    internal static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    internal static readonly JsonWriterOptions Json = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Read as UTF-8 files, never pasted into a page.
    };

    private static readonly string[] Columns =
        ["scenario", "variant", "service", "metric", "estimate", "low", "high", "level", "method", "n"];

    public static void WriteCsv(string path, IReadOnlyList<SummaryRow> rows) =>
        AtomicFile.WriteText(path, text => WriteCsv(text, rows));

    public static void WriteCsv(TextWriter text, IReadOnlyList<SummaryRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var csv = new CsvWriter(text, Csv, leaveOpen: true);
        foreach (string column in Columns)
        {
            csv.WriteField(column);
        }
        csv.NextRecord();
        foreach (SummaryRow row in rows)
        {
            csv.WriteField(row.Scenario);
            csv.WriteField(row.Variant);
            csv.WriteField(row.Service);
            csv.WriteField(row.Metric);
            csv.WriteField(Number(row.Estimate.Value));
            csv.WriteField(Number(row.Estimate.Low));
            csv.WriteField(Number(row.Estimate.High));
            csv.WriteField(Number(row.Estimate.Level));
            csv.WriteField(row.Estimate.Method);
            csv.WriteField(row.Estimate.N.ToString(CultureInfo.InvariantCulture));
            csv.NextRecord();
        }
    }

    public static void WriteJson(string path, IReadOnlyList<SummaryRow> rows) =>
        AtomicFile.Write(path, stream => WriteJson(stream, rows));

    public static void WriteJson(Stream stream, IReadOnlyList<SummaryRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var json = new Utf8JsonWriter(stream, Json);
        json.WriteStartArray();
        foreach (SummaryRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("scenario", row.Scenario);
            json.WriteString("variant", row.Variant);
            json.WriteString("service", row.Service);
            json.WriteString("metric", row.Metric);
            WriteNumber(json, "estimate", row.Estimate.Value);
            WriteNumber(json, "low", row.Estimate.Low);
            WriteNumber(json, "high", row.Estimate.High);
            WriteNumber(json, "level", row.Estimate.Level);
            json.WriteString("method", row.Estimate.Method);
            json.WriteNumber("n", row.Estimate.N);
            json.WriteStartArray("flags");
            foreach (string caution in row.Estimate.Cautions.Names())
            {
                json.WriteStringValue(caution);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The shortest text that reads back as the same number; empty for none. A bound may be beyond all numbers.</summary>
    internal static string Number(double? value) => Finite(value)?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    internal static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (Finite(value) is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
