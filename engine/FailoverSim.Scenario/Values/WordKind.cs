using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>One of a few words.</summary>
internal sealed class WordKind(params string[] words) : ValueKind<string>
{
    public override string Noun => "one of " + string.Join(", ", words);
    public override string Example => words[0];
    public override DiagnosticCode Code => Codes.UnknownWord;

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    public override string Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (!words.Contains(written, StringComparer.Ordinal))
        {
            throw cursor.Fault(Codes.UnknownWord, $"'{field.Field}' cannot be '{Shown(written)}'",
                Suggestion.For(written, words, ""));
        }
        cursor.TryTake(written);
        return written;
    }

    public override string Write(string value) => value;
}
