using System.Globalization;
using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A whole number; <c>k</c> and <c>M</c> stand for a thousand and a million.</summary>
internal sealed class CountKind(decimal min, decimal max) : ValueKind<decimal>
{
    public override string Noun => "a whole number";
    public override string Example => NumberText.Write(Math.Max(min, 2));
    public override DiagnosticCode Code => Codes.BadNumber;

    private string Remedy => max >= ulong.MaxValue
        ? $"write a whole number from {NumberText.Write(min)} to 2^64 − 1"
        : $"write a whole number from {NumberText.Write(min)} to {max.ToString("N0", CultureInfo.InvariantCulture)}";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = JsonValue.Create(min),
                ["maximum"] = JsonValue.Create(max),
            },
            TextSchema(@"^[0-9]+(\.[0-9]+)?[kM]?$", "500k")),
    };

    public override decimal Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        string whole = cursor.Rest.TrimEnd();
        if (UnitGuess.Of(whole) is { } kind)
        {
            throw cursor.Fault(Codes.WrongUnitKind,
                $"'{ValueKind.Shown(whole)}' is {kind}, and '{field.Field}' takes a whole number", Remedy);
        }
        decimal value = NumberText.Read(cursor, field, Remedy) * (cursor.TryTake("k") ? 1_000 : cursor.TryTake("M")
            ? 1_000_000 : 1);
        if (value % 1 != 0)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadNumber, $"'{field.Field}' must be a whole number", Remedy);
        }
        if (value < min || value > max)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' cannot be {NumberText.Write(value)}", Remedy);
        }
        return value;
    }

    public override string Write(decimal value) => NumberText.Write(value);
}
