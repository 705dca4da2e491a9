using System.Globalization;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Durations with units, read exactly: a decimal count of nanoseconds, which may exceed the clock as a mean
/// may.</summary>
internal static class DurationText
{
    /// <summary>The simulated clock in years of 365 days.</summary>
    public const int ClockYears = 290;

    public const decimal ClockNanoseconds = ClockYears * (decimal)SimDuration.NanosecondsPerYear;

    private const decimal LongestMean = 1e12m * SimDuration.NanosecondsPerYear / 1000;

    private const string Remedy = "write a number with a unit of ns us ms s m h d w mo y, such as 1h30m";

    /// <summary>From large to small, as compounds go.</summary>
    private static readonly (string Name, decimal Nanoseconds)[] Units =
    [
        ("y", SimDuration.NanosecondsPerYear),
        ("mo", SimDuration.NanosecondsPerYear / 12m),
        ("w", 7m * SimDuration.NanosecondsPerDay),
        ("d", SimDuration.NanosecondsPerDay),
        ("h", 3600m * SimDuration.NanosecondsPerSecond),
        ("m", 60m * SimDuration.NanosecondsPerSecond),
        ("s", SimDuration.NanosecondsPerSecond),
        ("ms", 1_000_000m),
        ("us", 1_000m),
        ("ns", 1m),
    ];

    /// <summary>One duration; its parts may be set apart by blanks only where nothing else follows.</summary>
    public static decimal ReadNanoseconds(TextCursor cursor, FieldContext field, bool blanks)
    {
        int start = cursor.Index;
        decimal total = 0;
        int last = -1;
        while (true)
        {
            int part = cursor.Index;
            if (cursor.Current is '-' or '−')
            {
                throw cursor.Fault(Codes.DurationOutOfRange, $"'{field.Field}' cannot be negative", Remedy);
            }
            if (!char.IsAsciiDigit(cursor.Current))
            {
                throw NotANumber(cursor);
            }
            decimal number = NumberText.Read(cursor, field, Remedy);
            int unit = ReadUnit(cursor, field, part, number);
            if (unit <= last)
            {
                cursor.Index = part;
                throw cursor.Fault(Codes.BadDuration,
                    $"'{Units[unit].Name}' does not follow '{Units[last].Name}' in a duration",
                    "go from large to small units, each once, such as 1d12h");
            }
            last = unit;
            if (number > LongestMean / Units[unit].Nanoseconds)
            {
                cursor.Index = part;
                throw cursor.Fault(Codes.DurationOutOfRange, "the duration is longer than a thousand million years",
                    "write a shorter one, or 'never'");
            }
            total += number * Units[unit].Nanoseconds;
            int after = cursor.Index;
            if (blanks)
            {
                cursor.SkipBlanks();
            }
            if (!char.IsAsciiDigit(cursor.Current))
            {
                cursor.Index = after;
                break;
            }
        }
        if (total % 1 != 0)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.DurationOutOfRange, "the duration is not a whole number of nanoseconds",
                "round it to 1 ns");
        }
        return total;
    }

    /// <summary>A duration that the simulated clock can hold.</summary>
    public static SimDuration Read(TextCursor cursor, FieldContext field, bool blanks)
    {
        int start = cursor.Index;
        decimal nanoseconds = ReadNanoseconds(cursor, field, blanks);
        CheckClock(cursor, start, nanoseconds);
        return new SimDuration((long)nanoseconds);
    }

    public static void CheckClock(TextCursor cursor, int start, decimal nanoseconds)
    {
        if (nanoseconds > ClockNanoseconds)
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.DurationOutOfRange,
                $"the duration is longer than the simulated clock of {ClockYears} y",
                "write a shorter one; only the mean of a law, as in exp(1000y), may be longer");
        }
    }

    public static double Seconds(decimal nanoseconds) => (double)(nanoseconds / SimDuration.NanosecondsPerSecond);

    /// <summary>In the largest unit that divides it, months and weeks apart.</summary>
    public static string Write(decimal nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return "0s";
        }
        var (name, size) = Units.First(unit => unit.Name is not ("mo" or "w") && nanoseconds % unit.Nanoseconds == 0);
        return (nanoseconds / size).ToString("0", CultureInfo.InvariantCulture) + name;
    }

    /// <summary>In the largest unit, months and weeks apart, of which there is one or more and that takes at most two decimals: <c>12.5y</c>.</summary>
    public static string WriteShort(decimal nanoseconds)
    {
        foreach (var (name, size) in Units.Where(unit => unit.Name is not ("mo" or "w")))
        {
            if (nanoseconds >= size && nanoseconds * 100 % size == 0)
            {
                return NumberText.Write(nanoseconds / size) + name;
            }
        }
        return Write(nanoseconds);
    }

    public static string Write(SimDuration duration) => Write((decimal)duration.Nanoseconds);

    private static int ReadUnit(TextCursor cursor, FieldContext field, int part, decimal number)
    {
        int at = cursor.Index;
        var letters = cursor.TakeWhile(c => char.IsAsciiLetter(c) || c is 'µ' or 'μ' or '%' or '/');
        int unit = Array.FindIndex(Units, candidate => candidate.Name == letters);
        if (unit >= 0)
        {
            return unit;
        }
        if (letters.Length == 0)
        {
            cursor.Index = part;
            string digits = NumberText.Write(number);
            throw cursor.Fault(Codes.MissingUnit, $"the duration {digits} of '{field.Field}' has no unit",
                number == 0 ? "write 0s" : $"write {digits}s, {digits}m, {digits}h or {digits}d");
        }
        if (UnitGuess.Of("1" + letters) is { } kind)
        {
            cursor.Index = part;
            throw cursor.Fault(Codes.WrongUnitKind, $"'{cursor.Token}' is {kind}, and '{field.Field}' takes a duration",
                Remedy);
        }
        cursor.Index = at;
        throw cursor.Fault(Codes.UnknownUnit, $"'{ValueKind.Shown(letters)}' is not a unit of time", Likely(letters));
    }

    private static string Likely(string letters) => letters switch
    {
        "µs" or "μs" => "write us for microseconds",
        "M" => "write m for minutes or mo for months",
        _ => letters.ToLowerInvariant().TrimEnd('s') switch
        {
            "" => "write s for seconds",
            "sec" or "second" => "write s for seconds",
            "min" or "minute" => "write m for minutes",
            "h" or "hr" or "hour" => "write h for hours",
            "d" or "day" => "write d for days",
            "w" or "wk" or "week" => "write w for weeks",
            "mon" or "month" or "mo" => "write mo for months",
            "y" or "yr" or "a" or "year" => "write y for years",
            "m" => "write ms for milliseconds or m for minutes",
            "n" => "write ns for nanoseconds",
            "u" => "write us for microseconds",
            _ => "use ns us ms s m h d w mo y",
        },
    };

    private static BadValueException NotANumber(TextCursor cursor) =>
        NumberText.IsNotFinite(cursor.Token)
            ? cursor.Fault(Codes.BadNumber, $"'{cursor.Token}' is not a finite number", Remedy)
            : cursor.Fault(Codes.BadDuration, cursor.AtEnd ? "a duration is missing"
                : $"'{ValueKind.Shown(cursor.Token)}' is not a duration", Remedy);
}
