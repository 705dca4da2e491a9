using System.Globalization;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Shares: a percentage, or a bare number from 0 to below 1.</summary>
internal static class ShareText
{
    private const string Remedy = "write a percentage such as 0.3%, or a number below 1";

    public static decimal Read(TextCursor cursor, FieldContext field)
    {
        int start = cursor.Index;
        decimal number = NumberText.Read(cursor, field, Remedy);
        if (cursor.Current is 'e' or 'E' && (char.IsAsciiDigit(cursor.Peek(1)) || cursor.Peek(1) is '-' or '+'))
        {
            number = WithExponent(cursor, start);
        }
        int afterNumber = cursor.Index;
        cursor.SkipBlanks();
        if (cursor.TryTake("%"))
        {
            return number / 100;
        }
        cursor.Index = afterNumber;
        if (char.IsAsciiLetter(cursor.Current))
        {
            cursor.Index = start;
            string token = cursor.Token;
            throw cursor.Fault(Codes.WrongUnitKind,
                UnitGuess.Of(token) is { } kind
                    ? $"'{ValueKind.Shown(token)}' is {kind}, and '{field.Field}' takes a share"
                    : $"'{ValueKind.Shown(token)}' is not a share",
                Remedy);
        }
        if (number >= 1)
        {
            cursor.Index = start;
            string digits = NumberText.Write(number);
            throw cursor.Fault(Codes.ShareWithoutPercent, $"the share {digits} of '{field.Field}' has no percent sign",
                number == 1 ? "write 100% or 1%" : $"write {digits}%");
        }
        return number;
    }

    public static string Write(decimal share) => NumberText.Write(share * 100) + "%";

    private static decimal WithExponent(TextCursor cursor, int start)
    {
        cursor.Index = start;
        var text = cursor.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '-' or '+');
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }
        cursor.Index = start;
        throw cursor.Fault(Codes.BadNumber, $"'{ValueKind.Shown(text)}' is not a number", Remedy);
    }
}
