using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>From a share to another: <c>60%..100%</c>; a single share is both ends.</summary>
internal sealed record ShareRange(decimal Low, decimal High);

internal sealed class ShareRangeKind(string example, decimal? max = null) : ValueKind<ShareRange>
{
    public override string Noun => "a range of percentages";
    public override string Example => example;
    public override DiagnosticCode Code => Codes.BadRange;

    public override JsonObject Schema() => TextSchema(@"^[0-9.]+\s*%?(\s*\.\.\s*[0-9.]+\s*%?)?$", example);

    public override ShareRange Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal low = ShareText.Read(cursor, field);
        decimal high = low;
        cursor.SkipBlanks();
        if (cursor.TryTake(".."))
        {
            cursor.SkipBlanks();
            high = ShareText.Read(cursor, field);
        }
        if (low > high)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadRange, "the range goes downwards",
                $"write {ShareText.Write(high)}..{ShareText.Write(low)}");
        }
        if (high <= 0 || high > (max ?? decimal.MaxValue))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' cannot be {Write(new ShareRange(low, high))}",
                $"write a range such as {example}");
        }
        return new ShareRange(low, high);
    }

    public override string Write(ShareRange value) =>
        value.Low == value.High ? ShareText.Write(value.Low)
            : $"{ShareText.Write(value.Low)}..{ShareText.Write(value.High)}";
}
