using System.Globalization;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Reporting.Text;

/// <summary>Stories of outages as text.</summary>
public static class StoryText
{
    /// <summary>Conditions told that kept an outage going.</summary>
    private const int MostHeld = 3;

    private const int OffsetWidth = 12;

    /// <summary>One outage: a heading, what happened, and what it comes to.</summary>
    /// <param name="story">The outage.</param>
    /// <param name="start">The calendar instant of t = 0.</param>
    public static IEnumerable<string> Of(OutageStory story, DateTime start)
    {
        ArgumentNullException.ThrowIfNull(story);
        yield return $"{story.Service} down for {Length(story.Length)}, {(story.IsLoss ? "a loss" : "a failover")}: {Because(story)}";
        yield return $"  replication {story.Replication}, from {Instant(story.Start, start)}{Others(story)}";
        foreach (StoryLine line in story.Lines)
        {
            yield return $"  {Offset(line.Offset),OffsetWidth}  {line.Entity}: {line.Text}";
        }
        if (story.LeftOut > 0)
        {
            yield return $"  {"",OffsetWidth}  (and {story.LeftOut} things more)";
        }
        string part = story.Unread == SimDuration.Zero ? "" : $" in its first {Length(story.Recorded)}";
        yield return $"  waited for{part}{(part.Length > 0 ? " (no more was followed)" : "")}: {string.Join(", ", story.Stages.Select(stage => $"{Named(stage.Stage)} {Length(stage.Length)}"))}";
        if (story.Held.Count > 0)
        {
            yield return $"  held down longest{part} by {Held(story)}";
        }
    }

    /// <summary>One line of everything that happened, by the instant.</summary>
    public static string Of(StoryLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return $"{Seconds(line.Instant.Nanoseconds),22} s  {line.Entity}: {line.Text}";
    }

    /// <summary>From t = 0 in seconds and by the calendar.</summary>
    public static string Instant(SimTime time, DateTime start) => string.Create(
        CultureInfo.InvariantCulture,
        $"t = {Seconds(time.Nanoseconds)} s ({start.AddTicks(time.Nanoseconds / 100):yyyy-MM-dd HH:mm:ss} UTC)");

    private static string Because(OutageStory story) => story.Root
        + (story.LetThrough.Count > 0 ? $", let through by {string.Join(", ", story.LetThrough)}" : story.IsLoss && story.Recorded > SimDuration.Zero ? ", no redundancy" : "");

    private static string Others(OutageStory story) => story.Others.Count == 0 ? ""
        : $"; down as well: {string.Join(", ", story.Others.Take(4).Select(other => $"{other.Service} {Length(other.Length)}"))}"
            + (story.Others.Count > 4 ? $" and {story.Others.Count - 4} more" : "");

    private static string Held(OutageStory story)
    {
        HeldDown first = story.Held[0];
        IReadOnlyList<HeldDown> equal = [.. story.Held.TakeWhile(held => held.Length == first.Length)];
        string names = string.Join(", ", equal.Take(MostHeld).Select(held =>
            held.Condition + (held.Cause is { } cause ? $" ({cause.Cause})" : "")));
        return $"{names}{(equal.Count > MostHeld ? $" and {equal.Count - MostHeld} more" : "")}: {Length(first.Length)}";
    }

    private static string Named(string stage) => stage.Length == 0 ? "(nothing)" : stage;

    private static string Length(SimDuration length) => HumanUnits.Duration(length.Seconds);

    /// <summary>With milliseconds as long as they matter, in larger units beyond a quarter of an hour.</summary>
    public static string Offset(SimDuration offset)
    {
        double seconds = Math.Abs(offset.Seconds);
        string sign = offset.Nanoseconds < 0 ? "−" : "+";
        return seconds < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds:0.000} s")
            : seconds < 100_000
                ? string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Floor(seconds / 3600):0} h {Math.Floor(seconds % 3600 / 60):00}:{Math.Floor(seconds % 60):00}")
                : $"{sign}{HumanUnits.Duration(seconds)}";
    }

    private static string Seconds(long nanoseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{nanoseconds / SimDuration.NanosecondsPerSecond}.{nanoseconds % SimDuration.NanosecondsPerSecond / 1_000_000:D3}");
}
