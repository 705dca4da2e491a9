using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Reporting.Traces;

/// <summary>A row of the picture: a thread of a process, both numbered in the order in which they are shown.</summary>
internal readonly record struct TraceTrack(int Process, int Thread);

/// <summary>Which row everything goes to: a process for the services, one for the faults, one per machine, one per kind of anything else.</summary>
internal sealed class TraceTracks
{
    private readonly Dictionary<string, TraceTrack> _services = [];
    private readonly Dictionary<string, TraceTrack> _faults = [];
    private readonly Dictionary<string, TraceTrack> _entities = [];
    private readonly Replay _replay;

    public TraceTracks(Replay replay)
    {
        _replay = replay;
        Places places = new(replay.Spec);
        NameServices();
        NumberEntities(places);
        Faults = FaultSlices();
    }

    /// <summary>In the order of their numbers.</summary>
    public List<(int Process, string Name)> Processes { get; } = [];

    public List<(TraceTrack Track, string Name)> Threads { get; } = [];

    /// <summary>The faults that struck in a window or held an outage down that was recorded in detail.</summary>
    public IReadOnlyList<FaultSlice> Faults { get; }

    public TraceTrack OfService(string name) => _services[name];

    public TraceTrack OfEntity(string name) => _entities[name];

    private void NameServices()
    {
        int process = NewProcess("services");
        foreach (string name in _replay.Names.Services.Intersect(WorstOutages.Tellable(_replay.Names))
            .Union(_replay.Outages.Select(outage => outage.Name)))
        {
            _services[name] = NewThread(process, _services.Count + 1, name);
        }
    }

    private void NumberEntities(Places places)
    {
        Dictionary<string, int> machineRank = places.Machines.Select((machine, rank) => (machine, rank)).ToDictionary(m => m.machine, m => m.rank);
        int faults = NewProcess("faults");
        int fault = 0;
        foreach (string entity in Charged().Select(occurrence => occurrence.Entity).Distinct().Order(StringComparer.Ordinal))
        {
            _faults[entity] = NewThread(faults, ++fault, entity);
        }
        var homes = _replay.Tracks.Select(track => (track.Entity, Place: places.Of(track.Entity)))
            .GroupBy(home => home.Place.Machine is { } machine ? $"zone {home.Place.Zone} · {machine}" : home.Place.Component, StringComparer.Ordinal)
            .OrderBy(home => home.First().Place.Machine is null ? 1 : 0)
            .ThenBy(home => home.First().Place.Zone, StringComparer.Ordinal)
            .ThenBy(home => home.First().Place.Machine is { } machine ? machineRank[machine] : 0)
            .ThenBy(home => home.Key, StringComparer.Ordinal);
        foreach (var home in homes)
        {
            int process = NewProcess(home.Key);
            int thread = 0;
            foreach ((string entity, Place place) in home)
            {
                _entities[entity] = NewThread(process, ++thread, place.Machine is null ? entity : place.Component);
            }
        }
    }

    private int NewProcess(string name)
    {
        Processes.Add((Processes.Count + 1, name));
        return Processes.Count;
    }

    private TraceTrack NewThread(int process, int thread, string name)
    {
        TraceTrack track = new(process, thread);
        Threads.Add((track, name));
        return track;
    }

    private List<Occurrence> Charged() =>
    [
        .. _replay.Occurrences.Where(occurrence => _replay.Windows.Holds(occurrence.Instant))
            .Union(_replay.Outages.SelectMany(outage => outage.Causes)).OrderBy(occurrence => occurrence.Number),
    ];

    /// <summary>A fault lasts until the last thing that is charged to it, or the next one of its row.</summary>
    private List<FaultSlice> FaultSlices()
    {
        ILookup<Occurrence, (TraceTrack Track, SimTime At, SimTime Until)> effects = Effects()
            .ToLookup(effect => effect.Cause, effect => (effect.Track, effect.At, effect.Until));
        List<FaultSlice> slices = [];
        foreach (var row in Charged().GroupBy(occurrence => _faults[occurrence.Entity]))
        {
            Occurrence[] occurrences = [.. row];
            for (int i = 0; i < occurrences.Length; i++)
            {
                SimTime last = effects[occurrences[i]].Select(effect => effect.Until).Append(occurrences[i].Instant).Max();
                SimTime next = i + 1 < occurrences.Length ? occurrences[i + 1].Instant : SimTime.Never;
                slices.Add(new FaultSlice(
                    occurrences[i], row.Key, last < next ? last : next,
                    [.. effects[occurrences[i]].Select(effect => (effect.Track, effect.At)).OrderBy(effect => effect.At)]));
            }
        }
        return slices;
    }

    /// <summary>Where each fault shows first: in outages, and in what entities do.</summary>
    private IEnumerable<(Occurrence Cause, TraceTrack Track, SimTime At, SimTime Until)> Effects()
    {
        foreach (OutageSpan outage in _replay.Outages)
        {
            foreach (var phases in outage.Phases.SelectMany(phase => phase.Causes.Select(cause => (Cause: cause, Phase: phase)))
                .GroupBy(pair => pair.Cause, pair => pair.Phase))
            {
                yield return (phases.Key, _services[outage.Name], phases.First().Start, phases.Last().End);
            }
        }
        foreach (StateTrack track in _replay.Tracks)
        {
            foreach (var spans in track.Spans.Where(span => span.Cause is not null).GroupBy(span => span.Cause!))
            {
                // When the last of its states begins it is over; how long that state lasts is another matter.
                yield return (spans.Key, _entities[track.Entity], spans.First().Start, spans.Last().Start);
            }
        }
    }

    /// <param name="Occurrence">What struck.</param>
    /// <param name="Track">Its row.</param>
    /// <param name="End">When it was over.</param>
    /// <param name="Effects">What it did, each at the start of a span.</param>
    internal sealed record FaultSlice(
        Occurrence Occurrence, TraceTrack Track, SimTime End, IReadOnlyList<(TraceTrack Track, SimTime At)> Effects);
}
