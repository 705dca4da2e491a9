using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>unavailability(a, b) within 5% at 95%</c>.</summary>
internal sealed record StopWhenText(IReadOnlyList<(string Name, int Index)> Services, decimal Within, decimal Level);

internal sealed class StopWhenKind : ValueKind<StopWhenText>
{
    private const string Remedy = "write like unavailability(SERVICE) within 5% at 95%";

    public override string Noun => "a stopping rule";
    public override string Example => "unavailability(plant) within 5% at 95%";
    public override DiagnosticCode Code => Codes.BadStopWhen;

    public override JsonObject Schema() =>
        TextSchema(@"^unavailability\s*\([^)]*\)\s*within\s+[0-9.]+\s*%?\s+at\s+[0-9.]+\s*%?$", Example);

    public override StopWhenText Read(TextCursor cursor, FieldContext field)
    {
        Expect(cursor, "unavailability");
        Expect(cursor, "(");
        var services = new List<(string, int)>();
        do
        {
            cursor.SkipBlanks();
            int at = cursor.Index;
            var name = cursor.TakeName();
            if (!NameKind.IsName(name))
            {
                cursor.Index = at;
                throw cursor.Fault(Codes.BadStopWhen, "the name of a service is missing", Remedy);
            }
            services.Add((name, at));
            cursor.SkipBlanks();
        }
        while (cursor.TryTake(","));
        Expect(cursor, ")");
        Expect(cursor, "within");
        decimal within = Fraction(cursor, field);
        Expect(cursor, "at");
        return new StopWhenText(services, within, Fraction(cursor, field));
    }

    public override string Write(StopWhenText value) =>
        $"unavailability({string.Join(", ", value.Services.Select(service => service.Name))})"
        + $" within {ShareText.Write(value.Within)} at {ShareText.Write(value.Level)}";

    private static decimal Fraction(TextCursor cursor, FieldContext field)
    {
        cursor.SkipBlanks();
        int at = cursor.Index;
        decimal share = ShareText.Read(cursor, field);
        if (share is <= 0 or >= 1)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.NumberOutOfRange, $"{ShareText.Write(share)} is not between 0% and 100%", Remedy);
        }
        return share;
    }

    private static void Expect(TextCursor cursor, string token)
    {
        cursor.SkipBlanks();
        if (!cursor.TryTake(token))
        {
            throw cursor.Fault(Codes.BadStopWhen,
                cursor.AtEnd ? $"the rule ends before '{token}'"
                    : $"'{Shown(cursor.Token)}' stands where '{token}' is expected", Remedy);
        }
    }
}
