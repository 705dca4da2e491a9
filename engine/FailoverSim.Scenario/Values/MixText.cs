using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary><c>mix(90% exp(2m) 10% lognormal(median=1h p95=5h))</c>: shares and laws in turn, to exactly 100
/// %.</summary>
internal static class MixText
{
    public static LawValue Read(TextCursor cursor, int opened, FieldContext field, int depth)
    {
        string usage = LawForms.Usages["mix"];
        var parts = new List<(decimal Share, LawValue Law)>();
        cursor.SkipBlanks();
        while (char.IsAsciiDigit(cursor.Current) || cursor.Current is '-' or '.')
        {
            int shareAt = cursor.Index;
            decimal share = ShareText.Read(cursor, field);
            if (share <= 0)
            {
                cursor.Index = shareAt;
                throw cursor.Fault(Codes.NumberOutOfRange, "a share must be above 0%", $"write {usage}");
            }
            cursor.SkipBlanks();
            parts.Add((share, LawText.Read(cursor, field, blanks: false, depth + 1)));
            cursor.SkipBlanks();
        }
        // What follows the parts can only be min= and max=.
        var arguments = new LawArguments(cursor, "mix", opened, usage, field);
        decimal sum = parts.Sum(part => Math.Min(part.Share, 1_000));
        if (parts.Count == 0 || sum != 1)
        {
            throw new BadValueException(opened + 1, parts.Count == 0 ? Codes.LawArguments : Codes.SharesSum,
                parts.Count == 0 ? "mix has no shares with laws"
                    : $"the shares sum to {ShareText.Write(sum)}, not to 100%", $"write {usage}");
        }
        var law = new Mixture([.. parts.Select(part => ((double)part.Share, part.Law.Law))]);
        var normal = string.Join(' ', parts.Select(part => $"{ShareText.Write(part.Share)} {part.Law.Normal}"));
        return Truncation.Apply(arguments, new LawValue(law, $"mix({normal})"), "mix", field.Measure);
    }
}
