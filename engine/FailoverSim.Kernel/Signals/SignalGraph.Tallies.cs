using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Signals;

/// <content>Why signals are down that depend on very many conditions: found out once, then kept up with every change.</content>
public sealed partial class SignalGraph
{
    /// <summary>With fewer inputs looking at all of them is as quick.</summary>
    private const int LeastTallied = 64;

    /// <summary>A tally that nobody has asked for while so many parts of the inputs have changed is given up.</summary>
    private const int PartUnasked = 4;

    private readonly Dictionary<int, GateTally> _tallies = [];
    private readonly List<Cause> _collected = [];
    private readonly List<(long At, int Condition)> _fallen = [];

    /// <summary>Counts the distinct causes of a signal that is down: those of its false inputs, through every gate.</summary>
    /// <param name="signal">One that is down.</param>
    /// <param name="counts">Is given the counts.</param>
    /// <param name="findsYoungest">Whether the youngest is looked for, which tipped the signal over if it has just fallen.</param>
    /// <returns>The youngest; none if there is none, or it was not looked for.</returns>
    internal Cause CountCauses(int signal, CauseCounts counts, bool findsYoungest)
    {
        if (TallyUnder(signal) is { } tally)
        {
            counts.CopyFrom(tally.Causes);
            return findsYoungest ? tally.Youngest() : default;
        }
        CausesOf(signal, _collected);
        counts.Clear();
        foreach (Cause cause in CollectionsMarshal.AsSpan(_collected))
        {
            counts.Add(cause);
        }
        return findsYoungest && _collected.Count > 0 ? _collected[^1] : default;
    }

    /// <summary>A condition under a gate that is tallied has fallen, or is up again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Tally(int gate, int condition)
    {
        GateTally tally = _tallies[gate];
        ref readonly SignalState state = ref _signals[condition];
        if (++tally.Unasked > InputsOf(gate).Length / PartUnasked)
        {
            DropTally(gate);
        }
        else if (state.Value)
        {
            tally.Remove(state.Cause);
        }
        else
        {
            tally.Add(condition, in state);
        }
    }

    /// <summary>A condition has, or will have, another cause or instant of its fall without falling: no tally follows that.</summary>
    internal void DropTalliesOver(int condition)
    {
        for (int use = _firstUse[condition]; use >= 0; use = _inputs[use].Next)
        {
            DropTally(_inputs[use].Gate);
        }
    }

    /// <summary>What a gate depends on has changed in a way that its tally, if it has one, does not follow.</summary>
    internal void DropTally(int gate) => _signals[gate].Watch &= ~Signals.Watch.Tallied;

    /// <summary>Gates that this graph, or the one that it has been copied from, has ever tallied are not tallied now.</summary>
    private void DropTallies(SignalGraph tallied)
    {
        foreach (int gate in tallied._tallies.Keys)
        {
            DropTally(gate);
        }
    }

    private bool IsTallied(int signal) => (_signals[signal].Watch & Signals.Watch.Tallied) != 0;

    /// <summary>The tally of the one gate over many conditions that alone holds a signal down; null where there is none such.</summary>
    private GateTally? TallyUnder(int signal)
    {
        while (InputsOf(signal).Length < LeastTallied)
        {
            int only = -1;
            foreach (ref readonly Input input in InputsOf(signal))
            {
                if (!_signals[input.Source].Value)
                {
                    if (only >= 0)
                    {
                        return null;
                    }
                    only = input.Source;
                }
            }
            if (only < 0)
            {
                return null;
            }
            signal = only;
        }
        return IsTallied(signal) || BeginTally(signal) ? Asked(_tallies[signal]) : null;

        static GateTally Asked(GateTally tally)
        {
            tally.Unasked = 0;
            return tally;
        }
    }

    /// <summary>Begins to tally a gate, if it can be, and has not just turned out not to be.</summary>
    private bool BeginTally(int gate)
    {
        if (!_tallies.TryGetValue(gate, out GateTally? tally))
        {
            _tallies.Add(gate, tally = new GateTally(_causeCount));
        }
        if (tally.Pause > 0 || !FindFallen(gate))
        {
            tally.Pause = tally.Pause > 0 ? tally.Pause - 1 : InputsOf(gate).Length / PartUnasked;
            return false;
        }
        tally.Clear();
        _fallen.Sort();
        foreach ((_, int condition) in CollectionsMarshal.AsSpan(_fallen))
        {
            tally.Add(condition, in _signals[condition]);
        }
        _signals[gate].Watch |= Signals.Watch.Tallied;
        return true;
    }

    /// <summary>Finds the false ones if all inputs of a gate are conditions, named in their order, whose falls are told by their instants.</summary>
    private bool FindFallen(int gate)
    {
        _fallen.Clear();
        int last = -1;
        foreach (ref readonly Input input in InputsOf(gate))
        {
            ref readonly SignalState state = ref _signals[input.Source];
            if (state.Needed != 0 || input.Source <= last || (!state.Value && state.FellAt == long.MaxValue))
            {
                return false;
            }
            last = input.Source;
            if (!state.Value)
            {
                _fallen.Add((state.FellAt, last));
            }
        }
        return true;
    }
}
