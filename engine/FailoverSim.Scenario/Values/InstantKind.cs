using System.Globalization;
using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>A calendar date, or a date and time in UTC.</summary>
internal sealed class InstantKind : ValueKind<DateTime>
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm",
            "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public override string Noun => "a date";
    public override string Example => "2024-01-01";
    public override DiagnosticCode Code => Codes.BadInstant;

    public override JsonObject Schema() =>
        TextSchema(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?$", Example, "2024-01-01T06:00Z");

    public override DateTime Read(TextCursor cursor, FieldContext field)
    {
        string written = cursor.Rest.TrimEnd();
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(written, Forms, CultureInfo.InvariantCulture, Utc, out var instant))
        {
            throw cursor.Fault(Codes.BadInstant, $"'{Shown(written)}' is not a date",
                "write like 2024-01-01 or 2024-01-01T06:00Z (UTC)");
        }
        if (instant.Year is < 1900 or > 2500)
        {
            // Time-zone rules say nothing useful further away, and 290 y must still fit.
            throw cursor.Fault(Codes.NumberOutOfRange, $"'{field.Field}' lies too far away",
                "write a date from 1900 to 2500");
        }
        cursor.TryTake(written);
        return instant;
    }

    public override string Write(DateTime value) =>
        value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
