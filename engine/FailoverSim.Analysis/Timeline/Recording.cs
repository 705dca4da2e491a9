using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Writes down one replication while it runs: outages throughout, what entities tell within windows.</summary>
/// <remarks>
/// What is up is read when time is about to advance, as the recorders of services do, so what lasts no time leaves no mark here either.
/// What is kept is bounded: <see cref="RecordingBounds"/>.
/// </remarks>
internal sealed class Recording : ITrace
{
    /// <summary>What those say who have just brought a fault about: they know better than the timer behind it whom it strikes.</summary>
    private static readonly HashSet<string> Strikes = ["struck", "step", "campaign", "notice"];

    private readonly Simulation _simulation;
    private readonly ResultNames _names;
    private readonly Windows _windows;
    private readonly IReadOnlyList<Followed> _followed;
    private readonly ILookup<int, int> _followedBy;
    private readonly OutageSpan?[] _open;
    private readonly SortedSet<int> _restless;
    private readonly HashSet<int> _downFromTheStart = [];
    private readonly RecordingBounds _bounds;
    private readonly FaultMemory _faults;
    private readonly List<Occurrence> _occurrences = [];
    private readonly HashSet<(string Name, SimTime Start)> _stories;
    private readonly PriorityQueue<OutageSpan, SimDuration> _detailed = new();
    private readonly Dictionary<(int Order, int Slot), EntityRecording> _entities = [];
    private readonly SimTime _begin;
    private SimTime _since;
    private long _detail;
    private long _reads;
    private long _told;
    private bool _hasBegun;
    private (Component Component, int Slot)? _owner;

    /// <param name="simulation">To be watched from t = 0; the recording sees to it.</param>
    /// <param name="names">The names behind causes and stages.</param>
    /// <param name="begin">Start of observation.</param>
    /// <param name="windows">What is recorded in detail.</param>
    /// <param name="members">Whether members of the fleet are followed beside services.</param>
    /// <param name="bounds">How much is kept; null: <see cref="RecordingBounds.Default"/>.</param>
    /// <param name="told">Outages of which a story is told, by name and start: what others take of the room they do not take from these.</param>
    /// <param name="remembered">Numbers of faults that are not to be forgotten, however old they are.</param>
    public Recording(
        Simulation simulation, ResultNames names, SimTime begin, Windows windows, bool members, RecordingBounds? bounds = null,
        IEnumerable<OutageSpan>? told = null, IReadOnlySet<long>? remembered = null)
    {
        (_simulation, _names, _begin, _windows, _bounds) = (simulation, names, begin, windows, bounds ?? RecordingBounds.Default);
        _faults = new FaultMemory(names, _bounds.Faults, remembered ?? new HashSet<long>());
        _stories = [.. (told ?? []).Select(outage => (outage.Name, outage.Start))];
        _followed = [.. simulation.Followed.Where(followed => followed.IsService || members)];
        _followedBy = _followed.Select((followed, index) => (followed, index)).ToLookup(pair => pair.followed.Up.Index, pair => pair.index);
        _open = new OutageSpan?[_followed.Count];
        _restless = [.. Enumerable.Range(0, _followed.Count)];
        simulation.Trace = this;
    }

    /// <summary>In the order in which they ended.</summary>
    public List<OutageSpan> Outages { get; } = [];

    /// <summary>What was told within the windows, in its order.</summary>
    public List<TimelineEvent> Events { get; } = [];

    /// <summary>The faults that struck within the windows, in their order.</summary>
    public IReadOnlyList<Occurrence> Occurrences => _occurrences;

    /// <summary>Faults, events and states in the windows for which there was no room.</summary>
    public long LeftOut => Math.Max(0, _told - _bounds.Told);

    /// <summary>All faults that the recording remembers.</summary>
    public FaultMemory Faults => _faults;

    /// <summary>The faults that something here names and that had been forgotten by then.</summary>
    public IEnumerable<Occurrence> Forgotten => Events.Select(told => told.Cause)
        .Concat(_entities.Values.SelectMany(entity => entity.Track.Spans.Select(span => span.Cause)))
        .Concat(Outages.SelectMany(outage => outage.Causes
            .Concat(outage.Phases.SelectMany(phase => phase.Causes)).Concat(outage.Held.Select(held => held.Cause))))
        .OfType<Occurrence>().Where(occurrence => occurrence.IsForgotten);

    /// <summary>In the order of the model.</summary>
    public IEnumerable<StateTrack> Tracks =>
        _entities.OrderBy(entity => entity.Key).Select(entity => entity.Value.Track).Where(track => track.Spans.Count + track.Notes.Count > 0);

    /// <summary>Nothing more is watched: what is open ends here.</summary>
    public void Finish(SimTime end)
    {
        if (!_hasBegun)
        {
            Begin();
        }
        Account(end);
        foreach (OutageSpan open in _open.OfType<OutageSpan>())
        {
            Close(open);
        }
        foreach (EntityRecording entity in _entities.Values)
        {
            entity.Close(end);
        }
        _simulation.Trace = null;
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
        if (!_hasBegun && time >= _begin)
        {
            Begin();
        }
        if (time > _since)
        {
            Account(time);
        }
        _owner = (component, slot);
    }

    public void OnFault(SimTime time, Cause cause)
    {
        Occurrence occurrence = _faults.Add(time, cause, _owner is { } owner ? Of(owner.Component, owner.Slot).Name : "");
        if (_windows.Holds(time) && HasRoom())
        {
            _occurrences.Add(occurrence);
        }
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        Occurrence? cause = CauseNow;
        EntityRecording entity = Of(component, slot);
        if (cause?.Instant == time && Strikes.Contains(state))
        {
            cause.Entity = entity.Name;
        }
        Tell(entity, new TimelineEvent(time, entity.Name, TimelineEventKind.State, state, true, cause));
        entity.Change(time, state, cause);
    }

    public void OnNote(SimTime time, Component component, int slot, string note, string? state = null)
    {
        EntityRecording entity = Of(component, slot);
        Tell(entity, new TimelineEvent(time, entity.Name, TimelineEventKind.Note, note, state is not null, CauseNow));
        if (state is not null)
        {
            entity.Change(time, state, CauseNow);
        }
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        foreach (int followed in _followedBy[signal.Index])
        {
            _restless.Add(followed);
        }
    }

    private Occurrence? CauseNow => _faults.Of(_simulation.Cause);

    /// <summary>Whether one thing more may be told of the windows; each is counted.</summary>
    private bool HasRoom() => ++_told <= _bounds.Told;

    private EntityRecording Of(Component component, int slot)
    {
        if (!_entities.TryGetValue((component.Order, slot), out EntityRecording? entity))
        {
            _entities[(component.Order, slot)] = entity = new EntityRecording(component.EntityName(slot), _windows, HasRoom);
        }
        return entity;
    }

    private void Tell(EntityRecording entity, TimelineEvent told)
    {
        if (!_windows.Holds(told.Instant) || (told.Kind == TimelineEventKind.State && entity.State == told.Text) || !HasRoom())
        {
            return;
        }
        Events.Add(told);
        if (told.Kind == TimelineEventKind.Note)
        {
            entity.Notes.Add(told);
        }
    }

    /// <summary>What is down when observation begins was down before.</summary>
    private void Begin()
    {
        _hasBegun = true;
        _downFromTheStart.UnionWith(_restless.Where(index => !_simulation.Signals[_followed[index].Up]));
    }

    /// <summary>From the last instant until another one nothing has changed.</summary>
    private void Account(SimTime to)
    {
        SimTime from = _since > _begin ? _since : _begin;
        _since = to;
        if (_restless.Count == 0 || to <= _begin)
        {
            return;
        }
        bool inDetail = _windows.Overlap(from, to);
        foreach (int index in _restless.ToArray())
        {
            Followed followed = _followed[index];
            if (_simulation.Signals[followed.Up])
            {
                _restless.Remove(index);
                if (_open[index] is { } ended)
                {
                    Close(ended);
                    _open[index] = null;
                }
                continue;
            }
            OutageSpan outage = _open[index] ??= new OutageSpan(followed.Name, followed.IsService, from, from == _begin && _downFromTheStart.Contains(index));
            outage.Extend(to, isLoss: !_simulation.Signals[followed.Support]);
            // What it began with is read of every outage: without it nobody could tell why.
            if (inDetail)
            {
                Read(outage, followed.Up, from, to);
            }
        }
    }

    private void Read(OutageSpan outage, Signal up, SimTime from, SimTime to)
    {
        bool isTold = IsTold(outage);
        if ((isTold ? outage.Detail?.Reads ?? 0 : _reads) >= _bounds.Reads && outage.Start != from)
        {
            outage.Detail?.Skip(to - from);
            return;
        }
        outage.Detail ??= new OutageDetail(up, _simulation.Signals, _names, _faults, _bounds);
        int reads = outage.Detail.Read(from, to);
        _reads += isTold ? 0 : reads;
    }

    private bool IsTold(OutageSpan outage) => _stories.Contains((outage.Name, outage.Start));

    private void Close(OutageSpan outage)
    {
        Outages.Add(outage);
        if (outage.Detail is not { } detail)
        {
            return;
        }
        detail.Close();
        if (IsTold(outage))
        {
            return;
        }
        _detailed.Enqueue(outage, outage.Length);
        _detail += detail.Size;
        while (_detail > _bounds.Detail && _detailed.Count > 0)
        {
            OutageSpan shortest = _detailed.Dequeue();
            _detail -= shortest.Detail!.Size;
            shortest.Detail = null;
        }
    }
}
