using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A law of a duration.</summary>
/// <param name="example">A law that fits the field.</param>
/// <param name="positive">Whether a duration of zero each time would never let the simulated clock move.</param>
/// <param name="ends">Whether the mean must be finite, as something is computed from it.</param>
/// <param name="frequency">Whether <c>12 per year</c> and <c>AFR 4%</c> may stand in its place.</param>
internal sealed class LawKind(string example, bool positive = false, bool frequency = false, bool ends = false) : ValueKind<LawValue>
{
    private const string Constant = @"[0-9][0-9a-z. ]*";

    public override string Noun => "a law";
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadLaw;

    public override JsonObject Schema()
    {
        var frequencies = frequency ? @"|AFR\s+[0-9.]+\s*%?|[0-9.]+[kM]?\s+per\s+[a-z]+" : "";
        return TextSchema(
            $@"^({Constant}(\.\.\s*{Constant})?|never|({string.Join('|', LawForms.Usages.Keys)})\(.*\){frequencies})\s*$", example, "5m", "20s..60s");
    }

    public override LawValue Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        string token = cursor.Token;
        bool isFrequency = token is "AFR" or "afr" or "Afr" || cursor.Rest.Contains(" per ", StringComparison.Ordinal)
            && !cursor.Rest.Contains('(', StringComparison.Ordinal);
        if (isFrequency && !frequency)
        {
            throw cursor.Fault(Codes.BadFrequency,
                $"'{Shown(cursor.Rest)}' is a frequency, and '{field.Field}' takes a duration or a law",
                $"write like {example}");
        }
        var value = isFrequency ? FrequencyText.Read(cursor, field) : LawText.Read(cursor, field);
        if (positive && !(value.Law.Mean >= 1e-9))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.DurationOutOfRange, $"'{field.Field}' must be longer than zero",
                $"write like {example}");
        }
        if (ends && !double.IsFinite(value.Law.Mean))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.DurationOutOfRange, $"'{field.Field}' must end, and be finite on average",
                $"write like {example}");
        }
        return value;
    }

    public override string Write(LawValue value) => value.Normal;

}
