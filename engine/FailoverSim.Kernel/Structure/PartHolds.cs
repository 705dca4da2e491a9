using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>A condition that is false, and a part that keeps it so, or −1 for what is no part: it is true again when none keeps it.</summary>
internal readonly record struct Hold(int Condition, int Part) : IComparable<Hold>
{
    public int CompareTo(Hold other) => Condition != other.Condition ? Condition.CompareTo(other.Condition) : Part.CompareTo(other.Part);
}

/// <summary>
/// Which part keeps which condition down: by its faults while they last, and by what has come of them, which tells its cause. A machine
/// that boots after its zone was out is kept down by the zone.
/// </summary>
internal sealed class PartHolds
{
    private const int Nobody = -1;

    private readonly SignalGraph _signals;
    private readonly Cone _cone;
    private readonly (Signal Signal, int Condition)[] _conditions;
    private readonly (int Part, int[] Conditions, FaultOccurrences? Occurrences)[] _faults;

    /// <summary>Of the replication: consequences outlive the occurrence.</summary>
    private readonly Dictionary<Cause, int> _partOf = [];
    private readonly Signal[] _signalAt;

    public PartHolds(SignalGraph signals, Cone cone, IEnumerable<(int Part, int[] Conditions, FaultOccurrences? Occurrences)> faults)
    {
        _signals = signals;
        _cone = cone;
        _conditions = [.. cone.Conditions.Select(signal => (signal, cone.IndexOf(signal)))];
        _faults = [.. faults];
        _signalAt = new Signal[cone.Count];
        foreach ((Signal signal, int condition) in _conditions)
        {
            _signalAt[condition] = signal;
        }
    }

    /// <summary>Another replication begins.</summary>
    public void Forget() => _partOf.Clear();

    /// <summary>As things are, in ascending order.</summary>
    public Hold[] Read()
    {
        SortedSet<Hold> holds = [];
        foreach ((int part, int[] conditions, FaultOccurrences? occurrences) in _faults)
        {
            foreach (Func<Cause> lasting in occurrences?.Causes ?? [])
            {
                Cause cause = lasting();
                if (cause.IsNone)
                {
                    continue;
                }
                _partOf[cause] = part;
                foreach (int condition in conditions)
                {
                    if (!_signals[_signalAt[condition]])
                    {
                        holds.Add(new Hold(condition, part));
                    }
                }
            }
        }
        foreach ((Signal signal, int condition) in _conditions)
        {
            if (!_signals[signal] && !HasYielded(signal))
            {
                holds.Add(new Hold(condition, _partOf.GetValueOrDefault(_signals.CauseOf(signal), Nobody)));
            }
        }
        return [.. holds];
    }

    /// <summary>
    /// It waits for other inputs of its gates, which are false without it (<see cref="Simulation.Yield"/>): a process without power is
    /// kept down by whatever keeps the power away at present, and not by what took it first.
    /// </summary>
    private bool HasYielded(Signal condition)
    {
        ref SignalState state = ref _signals.StateOf(condition.Index);
        if (state.FellAt != long.MaxValue || state.Cause.IsNone)
        {
            return false;
        }
        for (int use = _signals.FirstUseOf(condition.Index); use >= 0; use = _signals.InputAt(use).Next)
        {
            int gate = _signals.InputAt(use).Gate;
            ref SignalState fed = ref _signals.StateOf(gate);
            if (fed.TrueInputs + 1 >= fed.Needed && _cone.IndexOf(new Signal(gate)) >= 0)
            {
                return false;
            }
        }
        return true;
    }
}
