using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>P(met) &gt;= 98%</c> or <c>P(any outage &gt; 30m in 1y) &lt;= 2%</c>.</summary>
/// <param name="AtLeast">Whether the probability is a least one.</param>
/// <param name="Probability">The limit.</param>
/// <param name="LongerThan">Set for outages: the longest that does not count.</param>
/// <param name="Window">Set for outages: the window in which one starts.</param>
internal sealed record RequirementText(bool AtLeast, decimal Probability, SimDuration? LongerThan, SimDuration? Window);

internal sealed class RequirementKind : ValueKind<RequirementText>
{
    private const string Remedy = "write like P(met) >= 98% or P(any outage > 30m in 1y) <= 2%";

    public override string Noun => "a requirement";
    public override string Example => "P(met) >= 98%";
    public override DiagnosticCode Code => Codes.BadRequirement;

    public override JsonObject Schema() => TextSchema(
        @"^P\s*\(\s*(met|any\s+outage\s*>\s*.+\s+in\s+.+)\s*\)\s*(>=|<=)\s*[0-9.]+\s*%?$", Example,
            "P(any outage > 30m in 1y) <= 2%");

    public override RequirementText Read(TextCursor cursor, FieldContext field)
    {
        Expect(cursor, "P");
        Expect(cursor, "(");
        SimDuration? longerThan = null;
        SimDuration? window = null;
        cursor.SkipBlanks();
        if (!cursor.TryTake("met"))
        {
            Expect(cursor, "any");
            Expect(cursor, "outage");
            Expect(cursor, ">");
            cursor.SkipBlanks();
            longerThan = DurationText.Read(cursor, field, blanks: true);
            Expect(cursor, "in");
            cursor.SkipBlanks();
            window = ReadWindow(cursor, field);
        }
        Expect(cursor, ")");
        cursor.SkipBlanks();
        bool atLeast = cursor.TryTake(">=");
        if (!atLeast && !cursor.TryTake("<="))
        {
            throw cursor.Fault(Codes.BadRequirement, "a limit is missing after the bracket",
                "write >= or <= and a percentage");
        }
        cursor.SkipBlanks();
        int at = cursor.Index;
        decimal probability = ShareText.Read(cursor, field);
        if (probability > 1)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.NumberOutOfRange, $"a probability cannot be {ShareText.Write(probability)}",
                "write a percentage from 0% to 100%");
        }
        return new RequirementText(atLeast, probability, longerThan, window);
    }

    public override string Write(RequirementText value)
    {
        var what = value is { LongerThan: { } limit, Window: { } window }
            ? $"any outage > {DurationText.Write(limit)} in {DurationText.Write(window)}"
            : "met";
        return $"P({what}) {(value.AtLeast ? ">=" : "<=")} {ShareText.Write(value.Probability)}";
    }

    private static SimDuration ReadWindow(TextCursor cursor, FieldContext field)
    {
        int at = cursor.Index;
        var window = DurationText.Read(cursor, field, blanks: true);
        if (window == SimDuration.Zero)
        {
            cursor.Index = at;
            throw cursor.Fault(Codes.DurationOutOfRange, "a window must be longer than zero",
                "write a duration such as 1y");
        }
        return window;
    }

    private static void Expect(TextCursor cursor, string token)
    {
        cursor.SkipBlanks();
        if (!cursor.TryTake(token))
        {
            throw cursor.Fault(Codes.BadRequirement,
                cursor.AtEnd ? $"the requirement ends before '{token}'"
                    : $"'{Shown(cursor.Token)}' stands where '{token}' is expected", Remedy);
        }
    }
}
