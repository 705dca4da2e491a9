using System.Text.Json.Nodes;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Windows of an SLO: <c>30d</c> (tiles), <c>rolling 30d</c>, <c>calendar-month</c>, <c>calendar-month Europe/Zurich</c>.</summary>
/// <param name="Length">Null for calendar months.</param>
/// <param name="Rolls">Whether a window trails every instant.</param>
/// <param name="Months">The zone whose months are the windows; null if they have a length.</param>
internal sealed record WindowText(SimDuration? Length, bool Rolls, TimeZoneInfo? Months);

internal sealed class WindowKind : ValueKind<WindowText>
{
    private const string RollingWord = "rolling";
    private const string MonthWord = "calendar-month";
    private const string Remedy = "write like 30d, rolling 30d, calendar-month or calendar-month Europe/Zurich";

    private static readonly DurationKind Lengths = new("30d");

    public override string Noun => "a window";
    public override string Example => "30d";
    public override DiagnosticCode Code => Codes.BadWindow;

    public override JsonObject Schema() => TextSchema(
        $@"^\s*({RollingWord}\s+)?{DurationKind.Pattern[4..^1]}$|^\s*{MonthWord}(\s+{ZoneText.Pattern})?\s*$", Example, "rolling 30d", MonthWord,
        $"{MonthWord} Europe/Zurich");

    public override WindowText Read(TextCursor cursor, FieldContext field)
    {
        if (cursor.TryTake(MonthWord))
        {
            RequireBlank(cursor, MonthWord);
            return new WindowText(null, false, cursor.AtEnd ? TimeZoneInfo.Utc : ZoneText.Read(cursor));
        }
        bool rolls = cursor.TryTake(RollingWord);
        if (rolls)
        {
            RequireBlank(cursor, RollingWord);
        }
        if (char.IsAsciiLetter(cursor.Current) || (rolls && cursor.AtEnd))
        {
            throw cursor.Fault(Codes.BadWindow,
                cursor.AtEnd ? $"the length is missing after '{RollingWord}'" : $"'{Shown(cursor.Token)}' is no window", Remedy);
        }
        return new WindowText(Lengths.Read(cursor, field), rolls, null);
    }

    public override string Write(WindowText value) => value switch
    {
        { Months: { } zone } => $"{MonthWord} {zone.Id}",
        { Rolls: true, Length: { } length } => $"{RollingWord} {DurationText.Write(length)}",
        { Length: { } length } => DurationText.Write(length),
        _ => throw new InvalidOperationException("A window has a length or is a month."),
    };

    private static void RequireBlank(TextCursor cursor, string word)
    {
        int at = cursor.Index;
        cursor.SkipBlanks();
        if (cursor.Index == at && !cursor.AtEnd)
        {
            cursor.Index -= word.Length;
            throw cursor.Fault(Codes.BadWindow, $"'{Shown(cursor.Token)}' is no window", Remedy);
        }
    }
}
