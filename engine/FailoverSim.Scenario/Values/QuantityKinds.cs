using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Bytes: <c>512MiB</c>, <c>4GiB</c>, <c>2GB</c>.</summary>
internal sealed class SizeKind : ValueKind<decimal>
{
    public const string Remedy = "write a size such as 512MiB or 4GiB";

    private static readonly (string Name, decimal Bytes)[] Units =
    [
        ("KiB", 1024m), ("MiB", 1024m * 1024), ("GiB", 1024m * 1024 * 1024), ("TiB", 1024m * 1024 * 1024 * 1024),
        ("kB", 1e3m), ("MB", 1e6m), ("GB", 1e9m), ("TB", 1e12m), ("B", 1m),
    ];

    public override string Noun => "a size";
    public override string Example => "4GiB";
    public override DiagnosticCode Code => Codes.BadQuantity;

    public override JsonObject Schema() => TextSchema(@"^[0-9]+(\.[0-9]+)?\s*([KMGT]iB|[kMGT]?B)$", Example);

    public override decimal Read(TextCursor cursor, FieldContext field) => ReadBytes(cursor, field, Remedy);

    public static decimal ReadBytes(TextCursor cursor, FieldContext field, string remedy)
    {
        decimal number = NumberText.Read(cursor, field, remedy);
        cursor.SkipBlanks();
        int at = cursor.Index;
        var letters = cursor.TakeWhile(char.IsAsciiLetter);
        var (name, bytes) = Units.FirstOrDefault(unit => unit.Name == letters);
        if (name is null || number > 1e12m)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.BadQuantity,
                letters.Length == 0 ? $"'{field.Field}' is a size and has no unit"
                    : $"'{Shown(letters)}' is not a unit of size", remedy);
        }
        return number * bytes;
    }

    public override string Write(decimal value) => NumberText.Write(value) + "B";
}

/// <summary>So much per unit of time: <c>60MiB/s</c> in bytes or <c>0.1/s</c> in events, per second.</summary>
internal sealed record Rate(decimal PerSecond, bool OfBytes);

internal sealed class RateKind(string example = "60MiB/s") : ValueKind<Rate>
{
    private const string Remedy = "write a rate such as 60MiB/s or 0.1/s";

    public override string Noun => "a rate";
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadQuantity;

    public override JsonObject Schema() =>
        TextSchema(@"^[0-9]+(\.[0-9]+)?\s*([KMGT]iB|[kMGT]?B)?/(s|m|h|d)$", Example, "0.1/s");

    public override Rate Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal amount = NumberText.Read(cursor, field, Remedy);
        cursor.SkipBlanks();
        bool bytes = char.IsAsciiLetter(cursor.Current);
        if (bytes)
        {
            cursor.Index = start;
            amount = SizeKind.ReadBytes(cursor, field, Remedy);
        }
        int at = cursor.Index;
        decimal seconds = !cursor.TryTake("/") ? 0
            : cursor.TakeName() switch { "s" => 1, "m" => 60, "h" => 3600, "d" => 86_400, _ => 0 };
        if (seconds == 0)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.BadQuantity, $"'{field.Field}' is a rate and has no unit of time", Remedy);
        }
        return new Rate(amount / seconds, bytes);
    }

    public override string Write(Rate value) => NumberText.Write(value.PerSecond) + (value.OfBytes ? "B/s" : "/s");
}

/// <summary>Processor cores as Kubernetes writes them: <c>500m</c> is half a core.</summary>
internal sealed class CpuKind : ValueKind<decimal>
{
    public override string Noun => "an amount of CPU";
    public override string Example => "500m";
    public override DiagnosticCode Code => Codes.BadQuantity;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 },
            TextSchema(@"^[0-9]+(\.[0-9]+)?m?$", Example, "4")),
    };

    public static decimal ReadCores(TextCursor cursor, FieldContext field) =>
        NumberText.Read(cursor, field, "write cores such as 4 or 500m") / (cursor.TryTake("m") ? 1000 : 1);

    public override decimal Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal cores = ReadCores(cursor, field);
        if (cores == 0)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' must be more than zero",
                "write cores such as 4 or 500m");
        }
        return cores;
    }

    public override string Write(decimal value) => NumberText.Write(value);
}
