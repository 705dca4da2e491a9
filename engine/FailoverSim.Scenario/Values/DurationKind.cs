using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A constant duration.</summary>
/// <param name="example">A duration that fits the field.</param>
/// <param name="allowZero">Whether 0s makes sense.</param>
internal sealed class DurationKind(string example, bool allowZero = false) : ValueKind<SimDuration>
{
    public const string Pattern = @"^\s*([0-9]+(\.[0-9]+)?(ns|us|ms|s|mo|m|h|d|w|y)\s*)+$";

    public override string Noun => "a duration";
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadDuration;

    public override JsonObject Schema() => TextSchema(Pattern, example);

    public override SimDuration Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        var duration = DurationText.Read(cursor, field, blanks: true);
        if (duration == SimDuration.Zero && !allowZero)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.DurationOutOfRange, $"'{field.Field}' must be longer than zero",
                $"write a duration such as {example}");
        }
        return duration;
    }

    public override string Write(SimDuration value) => DurationText.Write(value);
}
