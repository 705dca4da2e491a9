using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>The version of the language: 1.</summary>
internal sealed class LanguageVersionKind : ValueKind<string>
{
    public override string Noun => "the version of the language";
    public override string Example => "1";
    public override DiagnosticCode Code => Codes.LanguageVersion;

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray(1, "1") };

    public override string Read(TextCursor cursor, FieldContext field) =>
        cursor.Rest.TrimEnd() == "1" && cursor.TryTake("1")
            ? "1"
            : throw cursor.Fault(Codes.LanguageVersion,
                $"this program does not read version '{Shown(cursor.Rest)}' of the language", "write 'failoversim: 1'");

    public override string Write(string value) => value;
}
