using System.Globalization;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Incidents;

/// <summary>A point in the time of a log, in nanoseconds since 1970 or, where no dates are written, since the start of the log.</summary>
public readonly record struct LogInstant(long Nanoseconds, bool IsDate)
{
    private const string Remedy = "write an instant with its zone, such as 2025-03-01T06:30:00Z or 2025-03-01T07:30+01:00, or the time since a start, such as 12d6h";

    private static readonly string[] Zoned =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads one; a date alone, where allowed, is its midnight in UTC.</summary>
    /// <exception cref="BadValueException">It is none.</exception>
    internal static LogInstant Read(string text, string field, bool dates)
    {
        bool looksLikeDate = text.Length >= 10 && text[4] == '-' && text[7] == '-';
        if (!looksLikeDate)
        {
            return new LogInstant(ReadDuration(text, field), IsDate: false);
        }
        bool isZoned = text.Length > 10 && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10);
        string[] forms = dates && text.Length == 10 ? ["yyyy-MM-dd"] : Zoned;
        if (!(isZoned || (dates && text.Length == 10)))
        {
            throw new BadValueException(0, Codes.LogInstant, $"'{ValueKind.Shown(text)}' has no time zone",
                "add Z for UTC, or an offset such as +01:00");
        }
        if (!DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            || at.UtcDateTime.Year is < 1900 or > 2200)
        {
            throw new BadValueException(0, Codes.LogInstant, $"'{ValueKind.Shown(text)}' is not an instant from 1900 to 2200", Remedy);
        }
        return new LogInstant((at.UtcDateTime - DateTime.UnixEpoch).Ticks * 100, IsDate: true);
    }

    /// <summary>A duration with its unit, in nanoseconds.</summary>
    internal static long ReadDuration(string text, string field)
    {
        TextCursor cursor = new(text);
        SimDuration read = DurationText.Read(cursor, new FieldContext(field, FilesBeside.None), blanks: true);
        if (!cursor.AtEnd)
        {
            throw cursor.Fault(Codes.LogInstant, $"'{ValueKind.Shown(text)}' is neither an instant nor a duration", Remedy);
        }
        return read.Nanoseconds;
    }
}
