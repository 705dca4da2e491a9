using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Studies;

/// <summary>What one entity did during a window: states in order, each until the next.</summary>
public sealed record Track(string Entity, IReadOnlyList<(SimTime Start, SimTime End, string State)> Spans);

/// <summary>Runs one replication again and writes down what its entities did during a window.</summary>
public sealed class History : ITrace
{
    private readonly Dictionary<(int Order, int Slot), Recording> _recordings = [];
    private readonly SimTime _from;

    private History(SimTime from) => _from = from;

    /// <summary>The tracks of all entities that say what they are doing, in the order of the model.</summary>
    /// <param name="spec">The scenario.</param>
    /// <param name="replication">Which replication.</param>
    /// <param name="from">Start of the window, from t = 0.</param>
    /// <param name="to">End of the window.</param>
    public static IReadOnlyList<Track> Of(ScenarioSpec spec, long replication, SimTime from, SimTime to)
    {
        Simulation simulation = new ScenarioModel(spec).Build();
        History history = new(from);
        simulation.Trace = history;
        simulation.Reset(replication);
        simulation.RunUntil(to);
        return
        [
            .. history._recordings
                .OrderBy(r => r.Key)
                .Select(r => new Track(r.Value.Entity, r.Value.Finish(from, to))),
        ];
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        (int, int) key = (component.Order, slot);
        if (!_recordings.TryGetValue(key, out Recording? recording))
        {
            recording = new Recording(component.EntityName(slot));
            _recordings.Add(key, recording);
        }
        recording.Change(time, state, _from);
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
    }

    private sealed class Recording(string entity)
    {
        private readonly List<(SimTime Start, SimTime End, string State)> _spans = [];
        private SimTime _since;
        private string? _state;

        public string Entity => entity;

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
            if (_state is not null && time > _since && time > from)
            {
                _spans.Add((_since > from ? _since : from, time, _state));
            }
        }
    }
}
