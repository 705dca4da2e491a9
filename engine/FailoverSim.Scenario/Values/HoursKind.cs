using System.Globalization;
using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Values;

/// <summary>Working hours: <c>Mon-Sat 06:00-22:00 Europe/Zurich</c>, <c>22:00-06:00</c> (every day), <c>24x7</c>,
/// <c>otherwise</c>.</summary>
internal sealed class HoursKind : ValueKind<Hours>
{
    private const string Remedy = "write like Mon-Fri 08:00-18:00 Europe/Zurich, 22:00-06:00, 24x7 or otherwise";
    private static readonly string[] DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public override string Noun => "working hours";
    public override string Example => "Mon-Fri 08:00-18:00 Europe/Zurich";
    public override DiagnosticCode Code => Codes.BadHours;

    public override JsonObject Schema() => TextSchema(
        @"^(24x7|otherwise|([A-Z][a-z]{2}([-,][A-Z][a-z]{2})*\s+)?[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}(\s+[A-Za-z0-9_+/-]+)?)$",
        Example, "24x7", "otherwise");

    public override Hours Read(TextCursor cursor, FieldContext field)
    {
        if (cursor.TryTake("24x7"))
        {
            return new Hours.Always();
        }
        if (cursor.TryTake("otherwise"))
        {
            return new Hours.Otherwise();
        }
        IReadOnlyList<DayOfWeek> days = char.IsAsciiLetter(cursor.Current) ? ReadDays(cursor)
            : [.. Enum.GetValues<DayOfWeek>()];
        cursor.SkipBlanks();
        var from = ReadTime(cursor);
        if (!cursor.TryTake("-"))
        {
            throw cursor.Fault(Codes.BadHours, "the end of the shift is missing",
                "write from-to without blanks, such as 08:00-18:00");
        }
        var to = ReadTime(cursor);
        if (from == TimeSpan.FromHours(24))
        {
            throw cursor.Fault(Codes.BadHours, "a shift cannot begin at 24:00", "write 00:00 of the next day");
        }
        cursor.SkipBlanks();
        return new Hours.Weekly(days, from, to, cursor.AtEnd ? TimeZoneInfo.Utc : ZoneText.Read(cursor));
    }

    public override string Write(Hours value) => value switch
    {
        Hours.Always => "24x7",
        Hours.Otherwise => "otherwise",
        Hours.Weekly weekly => string.Join(',', weekly.Days.Select(day => DayNames[(int)day]))
            + $" {Clock(weekly.From)}-{Clock(weekly.To)} {weekly.Zone.Id}",
        _ => throw new InvalidOperationException("Hours have three forms."),
    };

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:D2}:{time.Minutes:D2}");

    private static DayOfWeek[] ReadDays(TextCursor cursor)
    {
        var days = new SortedSet<DayOfWeek>();
        do
        {
            var first = ReadDay(cursor);
            var last = cursor.TryTake("-") ? ReadDay(cursor) : first;
            for (var day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
            {
                days.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }
        while (cursor.TryTake(","));
        return [.. days];
    }

    private static DayOfWeek ReadDay(TextCursor cursor)
    {
        int start = cursor.Index;
        var word = cursor.TakeWhile(char.IsAsciiLetter);
        int day = Array.IndexOf(DayNames, word);
        if (day >= 0)
        {
            return (DayOfWeek)day;
        }
        cursor.Index = start;
        string? meant = DayNames.FirstOrDefault(name => word.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        throw cursor.Fault(Codes.BadHours, $"'{Shown(word.Length > 0 ? word : cursor.Token)}' is not a day of the week",
            meant is null ? Remedy : $"write {meant}");
    }

    private static TimeSpan ReadTime(TextCursor cursor)
    {
        int start = cursor.Index;
        var hours = cursor.TakeWhile(char.IsAsciiDigit);
        bool colon = cursor.TryTake(":");
        var minutes = colon ? cursor.TakeWhile(char.IsAsciiDigit) : "";
        if (hours.Length is 1 or 2 && minutes.Length == 2)
        {
            int hour = int.Parse(hours, CultureInfo.InvariantCulture);
            int minute = int.Parse(minutes, CultureInfo.InvariantCulture);
            if (minute < 60 && (hour < 24 || (hour == 24 && minute == 0)))
            {
                return new TimeSpan(hour, minute, 0);
            }
        }
        cursor.Index = start;
        throw cursor.Fault(Codes.BadHours, cursor.AtEnd ? "a time of day is missing"
            : $"'{Shown(cursor.Token)}' is not a time of day",
            "write hours and minutes from 00:00 to 24:00, such as 08:00-18:00");
    }
}
