using System.Collections.Immutable;

namespace FailoverSim.Kernel.Signals;

/// <content>Conditions that only gates see, which count them and nothing else: which of them are true is nobody's concern.</content>
public sealed partial class SignalGraph
{
    /// <summary>So that no number of conditions is too few.</summary>
    private const int NoneNeeded = int.MinValue / 2;

    internal int? MostNeededOf(ImmutableArray<Signal> conditions)
    {
        HashSet<int> sources = [.. conditions.Select(condition => condition.Index)];
        List<int> gates = GatesOf(conditions[0].Index);
        return conditions.All(c => _signals[c.Index].Watch == Signals.Watch.None && GatesOf(c.Index).Count == gates.Count)
            && gates.TrueForAll(gate => InputsOf(gate).Length == sources.Count && sources.SetEquals(SourcesOf(gate)))
                ? gates.Select(gate => _signals[gate].Needed).DefaultIfEmpty(NoneNeeded).Max()
                : null;
    }

    /// <summary>Gives a condition another value, and the gates that it feeds the count, without any consequence.</summary>
    internal void CatchUp(int condition, bool value, Cause cause, long fellAt, int stage)
    {
        ref SignalState state = ref _signals[condition];
        int delta = (value ? 1 : 0) - (state.Value ? 1 : 0);
        state.Value = value;
        state.Cause = cause;
        state.FellAt = fellAt;
        state.Stage = (byte)stage;
        DropTalliesOver(condition);
        for (int use = delta == 0 ? -1 : _firstUse[condition]; use >= 0; use = _inputs[use].Next)
        {
            _signals[_inputs[use].Gate].TrueInputs += delta;
        }
    }

    private List<int> GatesOf(int signal)
    {
        List<int> gates = [];
        for (int use = _firstUse[signal]; use >= 0; use = _inputs[use].Next)
        {
            gates.Add(_inputs[use].Gate);
        }
        return gates;
    }

    private List<int> SourcesOf(int gate)
    {
        List<int> sources = [];
        foreach (ref readonly Input input in InputsOf(gate))
        {
            sources.Add(input.Source);
        }
        return sources;
    }
}
