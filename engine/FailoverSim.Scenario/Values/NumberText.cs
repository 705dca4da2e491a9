using System.Globalization;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Plain decimal numbers, exact; every kind with digits reads them here.</summary>
internal static class NumberText
{
    /// <summary>An exact number without sign or exponent, such as <c>12</c> or <c>0.25</c>.</summary>
    public static decimal Read(TextCursor cursor, FieldContext field, string remedy)
    {
        int start = cursor.Index;
        if (cursor.Current is '-' or '−')
        {
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' cannot be negative", remedy);
        }
        if (IsNotFinite(cursor.Token))
        {
            throw cursor.Fault(Codes.BadNumber, $"'{ValueKind.Shown(cursor.Token)}' is not a finite number", remedy);
        }
        var digits = cursor.TakeWhile(char.IsAsciiDigit);
        if (digits.Length > 0 && cursor.Current == '.' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.Index++;
            digits += "." + cursor.TakeWhile(char.IsAsciiDigit);
        }
        if (digits.Length == 0 || cursor.Current == '.' && !char.IsAsciiDigit(cursor.Peek(1)) && cursor.Peek(1) != '.')
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.BadNumber, $"'{ValueKind.Shown(cursor.Token)}' is not a number", remedy);
        }
        if (digits.Length > 22)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.NumberOutOfRange, "the number has more than 22 digits", remedy);
        }
        return decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>The shortest form: no trailing zeros.</summary>
    public static string Write(decimal value) =>
        (value / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    public static bool IsNotFinite(string token) =>
        token.TrimStart('-', '+', '.').ToLowerInvariant() is "nan" or "inf" or "infinity";
}
