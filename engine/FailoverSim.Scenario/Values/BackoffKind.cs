using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Waits that double from the first to the greatest.</summary>
internal sealed record Backoff(SimDuration First, SimDuration Max);

/// <summary><c>exponential-backoff(first=1s max=30s)</c>.</summary>
internal sealed class BackoffKind : ValueKind<Backoff>
{
    private const string Name = "exponential-backoff";

    public override string Noun => "a back-off";
    public override string Example => "exponential-backoff(first=1s max=30s)";
    public override DiagnosticCode Code => Codes.BadBackoff;

    public override JsonObject Schema() => TextSchema(@"^exponential-backoff\(.*\)$", Example);

    public override Backoff Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        if (!cursor.TryTake(Name) || cursor.Current != '(')
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadBackoff, $"'{Shown(cursor.Rest)}' is not a back-off", $"write like {Example}");
        }
        int opened = cursor.Index;
        cursor.Index++;
        var arguments = new LawArguments(cursor, Name, opened, Example, field);
        decimal first = arguments.PositiveDuration("first");
        decimal max = arguments.PositiveDuration("max");
        arguments.RejectOthers("first", "max");
        if (max < first || max > DurationText.ClockNanoseconds)
        {
            throw arguments.Impossible("max", "'max' must not be shorter than 'first'");
        }
        return new Backoff(new SimDuration((long)first), new SimDuration((long)max));
    }

    public override string Write(Backoff value) =>
        $"{Name}(first={DurationText.Write(value.First)} max={DurationText.Write(value.Max)})";
}
