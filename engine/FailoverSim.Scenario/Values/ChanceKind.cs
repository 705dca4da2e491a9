using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A probability per step of a maintenance entry.</summary>
internal sealed record ChanceText(decimal Probability, string Maintenance, int NameIndex);

/// <summary><c>0.3% per upgrade</c>.</summary>
internal sealed class ChanceKind : ValueKind<ChanceText>
{
    private const string Remedy = "write a percentage and the name of a maintenance, such as 0.3% per upgrade";

    public override string Noun => "a chance";
    public override string Example => "0.3% per upgrade";
    public override DiagnosticCode Code => Codes.BadChance;

    public override JsonObject Schema() => TextSchema(@"^[0-9.]+\s*%?\s+per\s+[a-z0-9][a-z0-9-]*$", Example);

    public override ChanceText Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal share = ShareText.Read(cursor, field);
        if (share is <= 0 or > 1)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"a chance cannot be {ShareText.Write(share)}",
                "write a percentage above 0%, up to 100%");
        }
        cursor.SkipBlanks();
        if (cursor.TakeName() != "per")
        {
            throw cursor.Fault(Codes.BadChance, "'per' and a maintenance are missing", Remedy);
        }
        cursor.SkipBlanks();
        int at = cursor.Index;
        string name = cursor.TakeName();
        return NameKind.IsName(name) ? new ChanceText(share, name, at)
            : throw cursor.Fault(Codes.BadChance, "the name of a maintenance is missing", Remedy);
    }

    public override string Write(ChanceText value) => $"{ShareText.Write(value.Probability)} per {value.Maintenance}";
}
