using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace FailoverSim.Reporting.Tables;

/// <summary>A table of texts, numbers and empty cells, as CSV and as a JSON array of objects with the same keys.</summary>
internal static class TidyFiles
{
    /// <summary>That are read back: of every rate of a scenario a few.</summary>
    private const int MostRows = 500_000;

    /// <param name="pathWithoutEnding">To which <c>.csv</c> and <c>.json</c> are added.</param>
    /// <param name="columns">Their names.</param>
    /// <param name="rows">A cell is a string, a double, a long or null.</param>
    public static void Write(string pathWithoutEnding, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        AtomicFile.WriteText(pathWithoutEnding + ".csv", text => WriteCsv(text, columns, rows));
        AtomicFile.Write(pathWithoutEnding + ".json", stream => WriteJson(stream, columns, rows));
    }

    /// <summary>Without a row there is no file: what an earlier run left behind would be taken for part of this one.</summary>
    public static void WriteUnlessEmpty(string pathWithoutEnding, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count > 0)
        {
            Write(pathWithoutEnding, columns, rows);
            return;
        }
        File.Delete(pathWithoutEnding + ".csv");
        File.Delete(pathWithoutEnding + ".json");
    }

    /// <summary>The rows of a CSV file with heads that are wanted, one after the other; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">Damaged, or larger than it can be.</exception>
    public static IReadOnlyList<TidyRow> Read(string path, Func<TidyRow, bool>? wanted = null)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        string file = Path.GetFileName(path);
        using StreamReader text = new(new MemoryStream(ResultFile.Read(path)));
        try
        {
            using CsvReader csv = new(text, SummaryFiles.Csv);
            List<TidyRow> rows = [];
            csv.Read();
            csv.ReadHeader();
            Dictionary<string, int> columns = csv.HeaderRecord!.Index().ToDictionary(head => head.Item, head => head.Index, StringComparer.Ordinal);
            while (csv.Read())
            {
                TidyRow row = new(file, csv.Parser.Row, columns, csv.Parser.Record!);
                if (wanted?.Invoke(row) ?? true)
                {
                    rows.Add(rows.Count < MostRows ? row : throw new InvalidDataException($"{file} has more than {MostRows} rows"));
                }
            }
            return rows;
        }
        catch (Exception fault) when (fault is CsvHelperException or ArgumentException)
        {
            throw new InvalidDataException($"{file} is damaged ({fault.Message.Split('\n')[0].TrimEnd('.', '\r')})", fault);
        }
    }

    private static void WriteCsv(TextWriter text, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        using var csv = new CsvWriter(text, SummaryFiles.Csv, leaveOpen: true);
        foreach (object?[] cells in rows.Prepend([.. columns]))
        {
            foreach (object? cell in cells)
            {
                csv.WriteField(cell switch
                {
                    double number => SummaryFiles.Number(number),
                    long count => count.ToString(CultureInfo.InvariantCulture),
                    _ => cell as string ?? "",
                });
            }
            csv.NextRecord();
        }
    }

    private static void WriteJson(Stream stream, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        using var json = new Utf8JsonWriter(stream, SummaryFiles.Json);
        json.WriteStartArray();
        foreach (object?[] cells in rows)
        {
            json.WriteStartObject();
            foreach ((string column, object? cell) in columns.Zip(cells))
            {
                switch (cell)
                {
                    case string text:
                        json.WriteString(column, text);
                        break;
                    case double number when double.IsFinite(number):
                        json.WriteNumber(column, number);
                        break;
                    case long count:
                        json.WriteNumber(column, count);
                        break;
                    default:
                        json.WriteNull(column);
                        break;
                }
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
