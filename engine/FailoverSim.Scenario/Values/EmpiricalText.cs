using System.Security.Cryptography;
using System.Text;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;

namespace FailoverSim.Scenario.Values;

/// <summary><c>empirical(file.csv)</c>: one duration with unit per line, resampled uniformly.</summary>
internal static class EmpiricalText
{
    private const int MostSamples = 1_000_000;
    private const int MostCharacters = 1_000;
    private const string Remedy = "write one duration with unit per line, no header";

    public static LawValue Read(LawArguments arguments, FieldContext field)
    {
        var (path, at) = arguments.Word(0);
        if (!FilesBeside.IsInside(path))
        {
            throw Fault(at, $"'{ValueKind.Shown(path)}' leaves the folder of the scenario",
                "write a path relative to the scenario and within its folder");
        }
        return field.Beside.Law(path, at, field.Measure, () => Make(path, at, field));
    }

    private static LawValue Make(string path, int at, FieldContext field)
    {
        if (!field.Beside.TryRead(path, out var bytes, out string reason))
        {
            throw Fault(at, $"the file '{ValueKind.Shown(path)}' {reason}", "put it beside the scenario: one duration with unit per line");
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
        ReadOnlySpan<char> all = Encoding.UTF8.GetString(bytes).AsSpan().TrimStart('\uFEFF');
        foreach (Range line in all.Split('\n'))
        {
            number++;
            if (all[line].Length > MostCharacters)
            {
                throw Fault(at, FormattableString.Invariant($"line {number} of '{ValueKind.Shown(path)}' is no duration, so long is it"), Remedy);
            }
            string text = all[line].Trim().ToString();
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
                throw Fault(at, FormattableString.Invariant($"line {number} of '{ValueKind.Shown(path)}': {fault.Message}"), Remedy);
            }
            if (!cursor.AtEnd || seconds.Count > MostSamples)
            {
                throw Fault(at, FormattableString.Invariant(
                    $"line {number} of '{ValueKind.Shown(path)}' holds more than one duration, or is beyond the first million"), Remedy);
            }
        }
        return seconds.Count > 0 ? seconds
            : throw Fault(at, $"the file '{ValueKind.Shown(path)}' holds no durations", Remedy);
    }

    private static BadValueException Fault(int at, string message, string remedy) =>
        new(at, Codes.EmpiricalFile, message, remedy);
}
