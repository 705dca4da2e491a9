using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What one entity did during a window: states in which it was not well, in order.</summary>
public sealed record Track(string Entity, IReadOnlyList<(SimTime Start, SimTime End, string State)> Spans);

/// <summary>Runs one replication again and writes down what its entities did during a window.</summary>
/// <remarks>
/// Only so many entities are shown, the first of those that were not well for a while: whoever cannot be among them any more is let go.
/// </remarks>
public sealed class History : ITrace
{
    private readonly Dictionary<(int Order, int Slot), Recording> _recordings = [];
    private readonly SortedSet<(int Order, int Slot)> _unwell = [];
    private readonly SimTime _from;
    private readonly Func<string, bool> _isWell;
    private readonly int _most;
    private (int Order, int Slot) _last = (int.MaxValue, int.MaxValue);

    private History(SimTime from, Func<string, bool> isWell, int most) => (_from, _isWell, _most) = (from, isWell, most);

    /// <summary>
    /// The tracks of entities that say what they are doing, in the order of the model: of all, or up to where enough of them were not well for a while.
    /// </summary>
    /// <param name="spec">The scenario.</param>
    /// <param name="replication">Which replication.</param>
    /// <param name="from">Start of the window, from t = 0.</param>
    /// <param name="to">End of the window.</param>
    /// <param name="isWell">Whether nothing is wrong in a state: these are not written down.</param>
    /// <param name="most">How many that were not well are enough.</param>
    public static IReadOnlyList<Track> Of(
        ScenarioSpec spec, long replication, SimTime from, SimTime to, Func<string, bool> isWell, int most)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        History history = new(from, isWell, most);
        simulation.Trace = history;
        simulation.Reset(replication);
        simulation.RunUntil(to);
        return
        [
            .. history._recordings
                .Where(r => !history.IsTooLate(r.Key))
                .OrderBy(r => r.Key)
                .Select(r => new Track(r.Value.Entity, r.Value.Finish(from, to))),
        ];
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        (int Order, int Slot) key = (component.Order, slot);
        if (IsTooLate(key))
        {
            return;
        }
        if (!_recordings.TryGetValue(key, out Recording? recording))
        {
            recording = new Recording(component.EntityName(slot), _isWell);
            _recordings.Add(key, recording);
        }
        recording.Change(time, state, _from);
        if (recording.WasUnwell && _unwell.Add(key) && _unwell.Count >= _most)
        {
            MakeDo();
        }
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
    }

    private bool IsTooLate((int Order, int Slot) key) => key.CompareTo(_last) > 0;

    /// <summary>There are enough: whatever comes after the last of them is not shown.</summary>
    private void MakeDo()
    {
        if (_unwell.Count > _most)
        {
            _recordings.Remove(_unwell.Max);
            _unwell.Remove(_unwell.Max);
        }
        _last = _unwell.Max;
    }

    private sealed class Recording(string entity, Func<string, bool> isWell)
    {
        private readonly List<(SimTime Start, SimTime End, string State)> _spans = [];
        private SimTime _since;
        private string? _state;

        public string Entity => entity;

        /// <summary>Whether it was in a state that is written down, and is in another one now.</summary>
        public bool WasUnwell => _spans.Count > 0;

        public void Change(SimTime time, string state, SimTime from)
        {
            Close(time, from);
            _since = time;
            _state = state;
        }

        public List<(SimTime Start, SimTime End, string State)> Finish(SimTime from, SimTime to)
        {
            Close(to, from);
            return _spans;
        }

        private void Close(SimTime time, SimTime from)
        {
            if (_state is not null && time > _since && time > from && !isWell(_state))
            {
                _spans.Add((_since > from ? _since : from, time, _state));
            }
        }
    }
}
