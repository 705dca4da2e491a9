using System.Globalization;
using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>What a script adds to a priority: <c>-20</c>, <c>0</c>, <c>5</c>.</summary>
internal sealed class WeightKind : ValueKind<int>
{
    private const int Limit = 253;

    public override string Noun => "a weight";
    public override string Example => "-2";
    public override DiagnosticCode Code => Codes.BadNumber;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = -Limit, ["maximum"] = Limit },
            TextSchema("^-?[0-9]+$", Example)),
    };

    public override int Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        if (!int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int weight)
            || Math.Abs((long)weight) > Limit)
        {
            throw cursor.Fault(Codes.BadNumber, $"'{Shown(written)}' is not a weight",
                "write a whole number from -253 to 253");
        }
        cursor.TryTake(written);
        return weight;
    }

    public override string Write(int value) => value.ToString(CultureInfo.InvariantCulture);
}
