using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Incidents;

/// <summary>A CSV text as records with the place of every field; lines that start with '#' are comments.</summary>
internal static class LogTable
{
    public const int MostBytes = 64 << 20;
    private const int MostRows = 1_000_000;
    private const int MostColumns = 64;
    private const int MostCharacters = 1_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public readonly record struct Record(string[] Fields, Func<int, Mark> MarkOf);

    public static IEnumerable<Record> Read(string file, byte[] bytes, DiagnosticBag bag)
    {
        Mark start = new(file, 1, 1);
        if (bytes.Length > MostBytes)
        {
            bag.Error(start, Codes.LogTooLarge, "the log is larger than 64 MiB", "fit classes one by one, or a shorter time");
            yield break;
        }
        string text;
        try
        {
            text = Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            bag.Error(start, Codes.NotText, "the file is not UTF-8 text", "save it as UTF-8");
            yield break;
        }
        bool isBad = false;
        using CsvParser parser = new(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            AllowComments = true,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = _ => isBad = true,
        });
        for (int rows = 0; parser.Read(); rows++)
        {
            string[] fields = parser.Record!;
            string raw = parser.RawRecord;
            int end = parser.RawRow;
            Mark Place(int field) => MarkOf(file, raw, end, field);
            if (rows > MostRows || fields.Length > MostColumns || fields.Any(f => f.Length > MostCharacters))
            {
                string what = rows > MostRows ? "the log has more than 1,000,000 rows"
                    : fields.Length > MostColumns ? "the row has more than 64 fields" : "a field has more than 1,000 characters";
                bag.Error(Place(0), Codes.LogTooLarge, what, "leave out what is not needed");
                yield break;
            }
            if (isBad)
            {
                isBad = false;
                bag.Error(Place(0), Codes.LogRow, "a quote stands within a field, or is not closed",
                    "put the whole field in quotes and double those in it");
                continue;
            }
            yield return new Record(fields, Place);
        }
    }

    /// <summary>Line and column of a field, from the raw text of its record and the line on which that ends.</summary>
    private static Mark MarkOf(string file, string raw, int lastLine, int field)
    {
        string body = raw.TrimEnd('\r', '\n');
        int first = lastLine - body.Count(c => c == '\n');
        int line = first, column = 1;
        bool quoted = false;
        foreach (char c in body)
        {
            if (field == 0)
            {
                break;
            }
            quoted ^= c == '"';
            field -= c == ',' && !quoted ? 1 : 0;
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }
        return new Mark(file, line, column);
    }
}
