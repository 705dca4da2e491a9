using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A line for people.</summary>
internal sealed class TextKind(string noun, string example) : ValueKind<string>
{
    private const int MostCharacters = 1_000;

    public override string Noun => noun;
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadText;

    public override JsonObject Schema() =>
        new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    public override string Read(TextCursor cursor, FieldContext field)
    {
        string text = cursor.Rest.TrimEnd();
        if (text.Length > MostCharacters)
        {
            throw cursor.Fault(Codes.BadText, FormattableString.Invariant($"'{field.Field}' has {text.Length:N0} characters"),
                FormattableString.Invariant($"write at most {MostCharacters:N0}"));
        }
        int stop = text.AsSpan().IndexOfAny('\n', '\r', '\t');
        cursor.Index += text.Length;
        return stop < 0
            ? text
            : throw cursor.Fault(Codes.BadText, $"'{field.Field}' has more than one line or a tab", "write one line");
    }

    public override string Write(string value) => value;
}
