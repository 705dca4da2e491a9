using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Tells outages: of all that happened it picks what the outage is charged to and what ended it.</summary>
/// <param name="replay">A replication whose windows hold the outages to be told.</param>
public sealed class Storyteller(Replay replay)
{
    private readonly Places _places = new(replay.Spec);

    /// <summary>A page on one outage.</summary>
    /// <param name="outage">One of the replay's.</param>
    /// <param name="mostLines">How many lines at most; the most telling are kept.</param>
    public OutageStory Of(OutageSpan outage, int mostLines)
    {
        ArgumentNullException.ThrowIfNull(outage);
        List<(StoryLine Line, int Rank, int Place)> ordered =
        [
            .. Faults(outage).Concat(Frame(outage)).Concat(Along(outage))
                .OrderBy(told => told.Line.Instant).ThenBy(told => told.Line.Kind).Select((told, place) => (told.Line, told.Rank, place)),
        ];
        StoryLine[] kept =
        [
            .. ordered.OrderBy(told => told.Rank).ThenBy(told => told.Place).Take(mostLines)
                .OrderBy(told => told.Place).Select(told => told.Line),
        ];
        return new OutageStory
        {
            Replication = replay.Replication,
            Service = outage.Name,
            Start = outage.Start,
            Length = outage.Length,
            IsLoss = outage.IsLoss,
            Root = outage.Root?.Cause ?? (outage.IsWhole ? "none" : "not followed"),
            LetThrough = outage.LetThrough,
            Stages = [.. outage.Stages],
            Held = outage.Held,
            Recorded = outage.Recorded,
            Unread = outage.Unread,
            Others = [.. OthersOf(outage)],
            Lines = kept,
            LeftOut = ordered.Count - kept.Length + outage.MoreStages + outage.MoreCauses + replay.LeftOut,
        };
    }

    /// <summary>Everything that was told in the windows, as lines whose offsets are their instants.</summary>
    public IEnumerable<StoryLine> Everything()
    {
        IEnumerable<StoryLine> faults = replay.Occurrences.Where(occurrence => replay.Windows.Holds(occurrence.Instant))
            .Select(occurrence => Strike(occurrence, SimTime.Zero));
        IEnumerable<StoryLine> outages = replay.Outages.SelectMany(outage => Frame(outage, SimTime.Zero))
            .Where(line => replay.Windows.Holds(line.Instant));
        IEnumerable<StoryLine> events = Merged(replay.Events.Where(told => !IsStrike(told)), SimTime.Zero).Select(told => told.Line);
        return faults.Concat(outages).Concat(events).OrderBy(line => line.Instant).ThenBy(line => line.Kind);
    }

    private IEnumerable<(string Service, SimDuration Length)> OthersOf(OutageSpan outage) => replay.Outages
        .Where(other => other.Name != outage.Name && other.Start < outage.End && other.End > outage.Start)
        .GroupBy(other => other.Name, StringComparer.Ordinal)
        .Select(group => (group.Key, new SimDuration(group.Sum(other => other.Length.Nanoseconds))))
        .OrderByDescending(other => other.Item2);

    /// <summary>The strikes of its causes; of one kind that come at one instant, all in one.</summary>
    private IEnumerable<(StoryLine Line, int Rank)> Faults(OutageSpan outage)
    {
        HashSet<Occurrence> first = [.. outage.Enablers];
        first.UnionWith(outage.Root is { } root ? [root] : []);
        return outage.Causes
            .Select(occurrence => (Line: Strike(occurrence, outage.Start), Rank: first.Contains(occurrence) ? 0 : 1))
            .GroupBy(told => (told.Line.Instant, told.Line.Text))
            .Select(alike => (
                alike.First().Line with { Entity = Listed([.. alike.Select(told => told.Line.Entity)]) }, alike.Min(told => told.Rank)));
    }

    private StoryLine Strike(Occurrence occurrence, SimTime start)
    {
        (string subject, string text) = Wording.Strike(occurrence, _places.Of(occurrence.Entity));
        return new StoryLine(occurrence.Instant, occurrence.Instant - start, subject, text, StoryLineKind.Fault);
    }

    /// <summary>How it went down, from stage to stage, and came up; stages that take long matter more.</summary>
    private IEnumerable<(StoryLine Line, int Rank)> Frame(OutageSpan outage)
    {
        StoryLine[] lines = [.. Frame(outage, outage.Start)];
        for (int i = 0; i < lines.Length; i++)
        {
            bool isBrief = lines[i].Kind == StoryLineKind.Stage
                && 20 * (lines[i + 1].Instant - lines[i].Instant).Nanoseconds < outage.Length.Nanoseconds;
            yield return (lines[i], lines[i].Kind != StoryLineKind.Stage ? 0 : isBrief ? 3 : 1);
        }
    }

    private IEnumerable<StoryLine> Frame(OutageSpan outage, SimTime start)
    {
        string? stage = null;
        foreach (OutagePhase phase in outage.Phases.Where(phase => phase.Stage != stage))
        {
            (StoryLineKind kind, string verb) = stage is null ? (StoryLineKind.Down, "is down") : (StoryLineKind.Stage, "waits on");
            yield return new StoryLine(phase.Start, phase.Start - start, outage.Name, $"{verb}: {Wording.WaitsFor(phase)}", kind);
            stage = phase.Stage;
        }
        bool isOpen = outage.End == Replay.EndOf(replay.Spec) || outage.End == replay.Windows.End;
        yield return new StoryLine(
            outage.End, outage.End - start, outage.Name, isOpen ? "is still down when the story ends" : "is up again", StoryLineKind.Up);
    }

    /// <summary>What was told from the last fault on and is charged to the faults of the outage, or has to do with what kept it down.</summary>
    private IEnumerable<(StoryLine Line, int Rank)> Along(OutageSpan outage)
    {
        HashSet<Occurrence> causes = [.. outage.Causes];
        Relevance relevance = new(outage, _places);
        SimTime from = outage.Root is { } root && root.Instant < outage.Start ? root.Instant : outage.Start;
        SimDuration tail = new(Math.Min(outage.Length.Nanoseconds, 600 * SimDuration.NanosecondsPerSecond));
        IEnumerable<TimelineEvent> events = replay.Events
            .Where(told => told.Instant >= from && told.Instant <= outage.End + tail && !IsStrike(told))
            .Where(told => relevance.Tells(told.Entity) && (IsChargedTo(causes, told) || relevance.OfEntity(told.Entity) == Relevance.Closest));
        HashSet<(string Kind, string Text)> heard = [];
        return Merged(events, outage.Start).Select(told =>
        {
            // What is said again and again, of one node after the other, has been told by the first.
            bool isNew = heard.Add((Wording.KindOf(told.First.Entity, _places.Of(told.First.Entity)), told.First.Text));
            return (told.Line, relevance.RankOf(told.First) + (isNew ? 0 : 2));
        });
    }

    private static bool IsChargedTo(HashSet<Occurrence> causes, TimelineEvent told) => told.Cause is { } cause && causes.Contains(cause);

    private static bool IsStrike(TimelineEvent told) => told.Cause?.Instant == told.Instant && told.Cause.Entity == told.Entity;

    /// <summary>What one entity says at one instant is one line, and what many like ones say.</summary>
    private IEnumerable<(StoryLine Line, TimelineEvent First)> Merged(IEnumerable<TimelineEvent> events, SimTime start)
    {
        IEnumerable<(TimelineEvent First, string Text)> clauses = events
            .GroupBy(told => (told.Instant, told.Entity))
            .Select(group => (group.FirstOrDefault(told => told.Becomes) ?? group.First(), TextOf([.. group])));
        foreach (var alike in clauses.GroupBy(told =>
            (told.First.Instant, told.Text, Kind: Wording.KindOf(told.First.Entity, _places.Of(told.First.Entity)))))
        {
            TimelineEvent first = alike.First().First;
            string[] subjects = [.. alike.Select(told => Wording.Subject(told.First.Entity, _places.Of(told.First.Entity)))];
            string text = subjects.Length > 1 ? $"each {alike.Key.Text}" : alike.Key.Text;
            yield return (new StoryLine(first.Instant, first.Instant - start, Listed(subjects), text, StoryLineKind.Event), first);
        }
    }

    /// <summary>The last state, for those before it lasted no time, and what was told with it.</summary>
    private string TextOf(IReadOnlyList<TimelineEvent> told)
    {
        IEnumerable<string> states = told.Where(t => t.Kind == TimelineEventKind.State).TakeLast(1)
            .Select(t => Wording.Clause(t.Entity, _places.Of(t.Entity), t.Text));
        string notes = string.Join("; ", told.Where(t => t.Kind == TimelineEventKind.Note).Select(t => t.Text).Distinct());
        return string.Join(", ", states.Append(notes).Where(text => text.Length > 0));
    }

    private static string Listed(string[] subjects) => subjects.Length <= 3
        ? string.Join(", ", subjects)
        : $"{subjects[0]} and {subjects.Length - 1} more";
}
