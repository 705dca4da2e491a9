using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Reporting.Text;

/// <summary>A replication as text, in order of time; stretches without news are one line.</summary>
public static class ReplayText
{
    /// <summary>So many outages are told, the longest ones; the others are counted.</summary>
    private const int MostStories = 5;

    private const int MostLines = 12;

    /// <summary>Between two lines so long a time is told as quiet.</summary>
    private static readonly SimDuration Quiet = new(60 * SimDuration.NanosecondsPerSecond);

    /// <summary>The longest outages as stories and the rest in between.</summary>
    public static IEnumerable<string> OfOutages(Replay replay, string variant)
    {
        ArgumentNullException.ThrowIfNull(replay);
        OutageSpan[] outages = [.. replay.Outages.Where(outage => !outage.WasOpen)];
        yield return $"{Heading(replay, variant)}: {(outages.Length == 0 ? "no outage" : Counted(outages))}";
        IReadOnlyList<OutageSpan> told = Told(outages);
        Storyteller teller = new(replay);
        SimTime since = Replay.BeginOf(replay.Spec);
        foreach (OutageSpan outage in told.OrderBy(outage => outage.Start))
        {
            yield return Between(outages.Except(told), since, outage.Start);
            foreach (string line in StoryText.Of(teller.Of(outage, MostLines), replay.Spec.Run.Start))
            {
                yield return line;
            }
            since = outage.End;
        }
        yield return Between(outages.Except(told), since, Replay.EndOf(replay.Spec));
    }

    /// <summary>All that was told in the windows.</summary>
    public static IEnumerable<string> OfEverything(Replay replay, string variant)
    {
        ArgumentNullException.ThrowIfNull(replay);
        (SimTime from, SimTime to) = replay.Windows.All[0];
        DateTime start = replay.Spec.Run.Start;
        yield return $"{Heading(replay, variant)}, {StoryText.Instant(from, start)} to {StoryText.Instant(to, start)}";
        SimTime since = from;
        foreach (StoryLine line in new Storyteller(replay).Everything())
        {
            if (line.Instant - since > Quiet)
            {
                yield return $"{"",24}  … {HumanUnits.Duration((line.Instant - since).Seconds)} without news";
            }
            yield return StoryText.Of(line);
            since = line.Instant;
        }
        if (to - since > Quiet)
        {
            yield return $"{"",24}  … {HumanUnits.Duration((to - since).Seconds)} without news";
        }
        if (replay.LeftOut > 0)
        {
            yield return $"{"",24}  (and {replay.LeftOut} things more, the last ones; a narrower window tells them)";
        }
    }

    private static string Heading(Replay replay, string variant) =>
        $"{replay.Spec.Name}, {variant}, replication {replay.Replication} of {HumanUnits.Duration(replay.Spec.Run.Horizon.Seconds)}";

    /// <summary>The outages that are told as stories: of those that lasted together only the longest.</summary>
    public static IReadOnlyList<OutageSpan> Told(IEnumerable<OutageSpan> outages)
    {
        List<OutageSpan> told = [];
        foreach (OutageSpan outage in outages.Where(outage => !outage.WasOpen).OrderByDescending(outage => outage.Length).ThenBy(outage => outage.Start))
        {
            if (told.Count < MostStories && !told.Exists(other => other.Start < outage.End && other.End > outage.Start))
            {
                told.Add(outage);
            }
        }
        return told;
    }

    private static string Between(IEnumerable<OutageSpan> outages, SimTime from, SimTime to)
    {
        OutageSpan[] within = [.. outages.Where(outage => outage.Start >= from && outage.Start < to)];
        string length = HumanUnits.Duration((to - from).Seconds);
        return within.Length == 0
            ? $"… {length} without an outage"
            : $"… {length} with {Counted(within)}, none longer than {HumanUnits.Duration(within.Max(outage => outage.Length).Seconds)}";
    }

    /// <summary><c>12 outages (api-write 7, scheduling 5)</c>.</summary>
    private static string Counted(OutageSpan[] outages)
    {
        (string Name, int Count)[] byName = [.. outages.CountBy(outage => outage.Name).Select(pair => (pair.Key, pair.Value)).OrderByDescending(p => p.Value)];
        string names = string.Join(", ", byName.Take(5).Select(pair => $"{pair.Name} {pair.Count}")) + (byName.Length > 5 ? " …" : "");
        return $"{HumanUnits.Count(outages.Length)} {(outages.Length == 1 ? "outage" : "outages")} ({names})";
    }
}
