using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Values;

/// <summary>Reads laws: <c>5m</c>, <c>20s..60s</c>, <c>never</c>, or a name with arguments.</summary>
internal static class LawText
{
    public static LawValue Read(TextCursor cursor, FieldContext field) => Read(cursor, field, blanks: true, depth: 1);

    public static LawValue Read(TextCursor cursor, FieldContext field, bool blanks, int depth)
    {
        int start = cursor.Index;
        if (!char.IsAsciiLetter(cursor.Current))
        {
            return ConstantOrRange(cursor, field, blanks);
        }
        string name = cursor.TakeName();
        if (name == "never")
        {
            return new LawValue(Never.Instance, "never");
        }
        if (NumberText.IsNotFinite(name))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadNumber, $"'{name}' is not a finite number",
                "write a duration such as 1h30m, or 'never'");
        }
        if (!LawForms.Usages.TryGetValue(name, out var usage))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.UnknownLaw, $"'{ValueKind.Shown(name)}' is not a law",
                Suggestion.For(name, [.. LawForms.Usages.Keys, "never"], ""));
        }
        usage = field.Measure.Usage ?? usage;
        if (depth > YamlLimits.Depth)
        {
            throw cursor.Fault(Codes.TooDeep, $"laws are nested more than {YamlLimits.Depth} deep", "mix fewer");
        }
        int opened = cursor.Index;
        if (!cursor.TryTake("("))
        {
            throw cursor.Fault(Codes.BadLaw, $"'{name}' has no arguments in brackets", $"write {usage}");
        }
        try
        {
            return name == "mix"
                ? MixText.Read(cursor, opened, field, depth)
                : LawForms.Read(name, new LawArguments(cursor, name, opened, usage, field), field);
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException)
        {
            // The law's own bounds are the last word on its parameters.
            throw new BadValueException(start, Codes.LawImpossible, $"there is no {name} law with these parameters",
                $"write {usage}");
        }
    }

    private static LawValue ConstantOrRange(TextCursor cursor, FieldContext field, bool blanks)
    {
        var measure = field.Measure;
        int start = cursor.Index;
        decimal low = measure.Read(cursor, field, blanks);
        int afterLow = cursor.Index;
        if (blanks)
        {
            cursor.SkipBlanks();
        }
        if (!cursor.TryTake(".."))
        {
            cursor.Index = start;
            measure.Check(cursor, start, low);
            cursor.Index = afterLow;
            return new LawValue(new Constant(measure.ToLaw(low)), measure.Write(low));
        }
        if (blanks)
        {
            cursor.SkipBlanks();
        }
        decimal high = measure.Read(cursor, field, blanks);
        if (low >= high)
        {
            cursor.Index = start;
            string remedy = low == high ? $"write {measure.Write(low)}"
                : $"write {measure.Write(high)}..{measure.Write(low)}";
            throw cursor.Fault(Codes.LawImpossible, low == high ? "both ends of the range are the same"
                : "the range goes downwards", remedy);
        }
        return new LawValue(new Uniform(measure.ToLaw(low), measure.ToLaw(high)),
            $"{measure.Write(low)}..{measure.Write(high)}");
    }
}
