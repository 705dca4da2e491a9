using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A share between two limits; the lower one may be open.</summary>
internal sealed class ShareKind(string example, decimal min = 0, decimal max = 1,
    bool aboveMin = false) : ValueKind<decimal>
{
    public override string Noun => "a share";
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadNumber;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = 0, ["exclusiveMaximum"] = 1 },
            TextSchema(@"^[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*%?$", example)),
    };

    public override decimal Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal share = ShareText.Read(cursor, field);
        if (share < min || share > max || (aboveMin && share == min))
        {
            cursor.Index = start;
            string from = aboveMin ? $"above {ShareText.Write(min)}, up" : $"from {ShareText.Write(min)}";
            throw cursor.Fault(
                Codes.NumberOutOfRange,
                $"'{field.Field}' cannot be {ShareText.Write(share)}",
                $"write a percentage {from} to {ShareText.Write(max)}");
        }
        return share;
    }

    public override string Write(decimal value) => ShareText.Write(value);
}
