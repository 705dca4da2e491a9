using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>Time zones by IANA name.</summary>
internal static class ZoneText
{
    /// <summary>What a name may look like, as part of a pattern.</summary>
    public const string Pattern = "[A-Za-z0-9_+/-]+";

    public static TimeZoneInfo Read(TextCursor cursor)
    {
        int start = cursor.Index;
        var id = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-');
        if (id is "UTC" or "Z")
        {
            return TimeZoneInfo.Utc;
        }
        bool sane = id.Length is > 0 and <= 64 && !id.StartsWith('/') && !id.EndsWith('/');
        if (sane && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId)
        {
            return zone;
        }
        cursor.Index = start;
        throw cursor.Fault(Codes.UnknownTimeZone, $"'{ValueKind.Shown(cursor.Token)}' is not a known time zone", new Remedy(() => Nearest(id)));
    }

    private static string Nearest(string id)
    {
        var known = TimeZoneInfo.GetSystemTimeZones().Select(candidate => candidate.Id).ToList();
        return known.Count < 10
            ? "this machine has no time-zone data: install tzdata, or write UTC"
            : Suggestion.Nearest(id, known) is { } nearest ? $"did you mean '{nearest}'?"
                : "write an IANA name such as Europe/Zurich, or UTC";
    }
}
