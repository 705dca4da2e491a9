using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>true</c> or <c>false</c>; the other spellings of YAML 1.1 are text here.</summary>
internal sealed class BooleanKind : ValueKind<bool>
{
    public override string Noun => "true or false";
    public override string Example => "true";
    public override DiagnosticCode Code => Codes.BadBoolean;

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override bool Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        bool value = written switch
        {
            "true" => true,
            "false" => false,
            _ => throw cursor.Fault(Codes.BadBoolean, $"'{field.Field}' cannot be '{Shown(written)}'",
                written.ToLowerInvariant() switch
                {
                    "yes" or "on" or "true" or "1" => "write true",
                    "no" or "off" or "false" or "0" => "write false",
                    _ => "write true or false",
                }),
        };
        cursor.TryTake(written);
        return value;
    }

    public override string Write(bool value) => value ? "true" : "false";
}
