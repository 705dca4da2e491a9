using System.Security.Cryptography;
using System.Text;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>empirical(file.csv)</c>: one duration with unit per line, resampled uniformly.</summary>
internal static class EmpiricalText
{
    private const int MostSamples = 1_000_000;

    public static LawValue Read(LawArguments arguments, FieldContext field)
    {
        var (path, at) = arguments.Word(0);
        bool inside = !path.StartsWith('/') && !path.Contains('\\', StringComparison.Ordinal)
            && !path.Contains(':', StringComparison.Ordinal)
            && !path.Split('/').Contains("..", StringComparer.Ordinal);
        if (!inside)
        {
            throw Fault(at, $"'{ValueKind.Shown(path)}' leaves the folder of the scenario",
                "write a path relative to the scenario and within its folder");
        }
        if (field.Samples(path) is not { } bytes)
        {
            throw Fault(at, $"the file '{ValueKind.Shown(path)}' cannot be read",
                "put it beside the scenario: one duration with unit per line");
        }
        var seconds = Samples(path, at, bytes, field);
        var normal = string.Join('\n',
            seconds.Select(second => second.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)));
        return new LawValue(new Empirical(seconds, path), $"empirical(sha256:{hash})");
    }

    private static List<double> Samples(string path, int at, byte[] bytes, FieldContext field)
    {
        var seconds = new List<double>();
        int number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0)
            {
                continue;
            }
            var cursor = new TextCursor(text);
            try
            {
                decimal value = field.Measure.Read(cursor, field, blanks: true);
                field.Measure.Check(cursor, 0, value);
                seconds.Add(field.Measure.ToLaw(value));
            }
            catch (BadValueException fault)
            {
                throw Fault(at, FormattableString.Invariant($"line {number} of '{path}': {fault.Message}"),
                    "write one duration with unit per line, no header");
            }
            if (!cursor.AtEnd || seconds.Count > MostSamples)
            {
                throw Fault(at, FormattableString.Invariant(
                    $"line {number} of '{path}' holds more than one duration, or is beyond the first million"),
                    "write one duration with unit per line, no header");
            }
        }
        return seconds.Count > 0 ? seconds
            : throw Fault(at, $"the file '{path}' holds no durations", "write one duration with unit per line");
    }

    private static BadValueException Fault(int at, string message, string remedy) =>
        new(at, Codes.EmpiricalFile, message, remedy);
}
