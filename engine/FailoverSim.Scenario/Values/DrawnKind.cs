using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A property that is drawn once, when the model is made: a law, or values with their shares. One of the two.</summary>
internal sealed record DrawnText(LawValue? Law, IReadOnlyList<(decimal Value, decimal Share)> Choices)
{
    /// <summary>Whether it is the same whatever is drawn.</summary>
    public bool IsConstant => Law is { Law.Variance: 0 } || Choices.Count == 1;
}

/// <summary>CPU or memory of a workload: <c>500m</c>, <c>1..4</c>, <c>lognormal(median=7 p95=14)</c>, <c>choice(1=30% 4=70%)</c>.</summary>
/// <param name="single">A single value.</param>
/// <param name="measure">What the law is of.</param>
internal sealed class DrawnKind(ValueKind<decimal> single, Measure measure) : ValueKind<DrawnText>
{
    public override string Noun => $"{single.Noun} or a law of it";
    public override string Example => measure.Usage!;
    public override DiagnosticCode Code => single.Code;

    public override JsonObject Schema()
    {
        string laws = string.Join('|', LawForms.Usages.Keys.Append("choice"));
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(single.Schema(), TextSchema($@"^(({laws})\(.*\)|[0-9.]+[A-Za-z]*\s*\.\.\s*[0-9.]+[A-Za-z]*)$", Example)),
        };
    }

    public override DrawnText Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        if (cursor.Rest.StartsWith("choice", StringComparison.Ordinal))
        {
            return new DrawnText(null, new ChoiceKind(single, $"write {Example}, or values with their shares in brackets").Read(cursor, field));
        }
        if (cursor.Rest.StartsWith("never", StringComparison.Ordinal))
        {
            throw cursor.Fault(Codes.BadQuantity, $"'{field.Field}' cannot be 'never'", $"write {single.Example} or {Example}");
        }
        if (!char.IsAsciiLetter(cursor.Current) && !cursor.Rest.Contains("..", StringComparison.Ordinal))
        {
            return new DrawnText(null, [(single.Read(cursor, field), 1)]);
        }
        var value = LawText.Read(cursor, field with { Measure = measure });
        if (!(value.Law.Mean > 0))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' must be more than zero", $"write {single.Example} or {Example}");
        }
        return new DrawnText(value, []);
    }

    public override string Write(DrawnText value) => value.Law is { } drawn ? drawn.Normal
        : value.Choices is [var only] ? single.Write(only.Value)
        : $"choice({string.Join(' ', value.Choices.Select(choice => $"{single.Write(choice.Value)}={ShareText.Write(choice.Share)}"))})";
}
