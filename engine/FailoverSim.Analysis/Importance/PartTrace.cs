using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Importance;

/// <summary>
/// Adds up for one service how long each state of the parts of its cluster lasts and what it says of them, in whole nanoseconds. A state is
/// looked at when something beneath the service has changed and time is about to advance.
/// </summary>
internal sealed class PartTrace : IServiceTrace
{
    private readonly PartStructure _structure;
    private readonly (long From, long To) _window;
    private readonly long[] _failed;
    private readonly long[] _saving;
    private readonly long[] _pivotal;
    private readonly long[] _inCut;
    private readonly long[] _tipped;
    private long _down;
    private long _losses;
    private bool _isCutUnknown;

    /// <summary>From <see cref="_since"/> on; null while it has not been looked at.</summary>
    private PartState? _state;
    private bool _isDown;
    private long _since;

    /// <param name="structure">The service.</param>
    /// <param name="window">Observed time in nanoseconds from t = 0.</param>
    public PartTrace(PartStructure structure, (long From, long To) window)
    {
        (_structure, _window) = (structure, window);
        int parts = structure.Parts.Count;
        (_failed, _saving, _pivotal, _inCut, _tipped) = (new long[parts], new long[parts], new long[parts], new long[parts], new long[parts]);
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        if (_structure.DependsOn(signal))
        {
            Leave(time.Nanoseconds);
        }
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
        if (_structure.DependsOn(component))
        {
            Leave(time.Nanoseconds);
        }
    }

    /// <summary>Nothing has come of the timer yet: if time has advanced, this is what the last change had led to.</summary>
    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
        if (_state is null && time.Nanoseconds > _since)
        {
            Enter();
        }
    }

    /// <inheritdoc/>
    public double[] Take()
    {
        if (_state is null)
        {
            Enter();
        }
        Leave(_window.To);
        double horizon = _window.To - _window.From;
        double[] sums = [_down / horizon, _losses, .. _structure.Groups.SelectMany(SumsOf)];
        foreach (long[] times in (long[][])[_failed, _saving, _pivotal, _inCut, _tipped])
        {
            Array.Clear(times);
        }
        (_down, _losses, _isCutUnknown, _state, _isDown, _since) = (0, 0, false, null, false, 0);
        _structure.Begin();
        return sums;

        double[] SumsOf(IReadOnlyList<int> group)
        {
            int[] judged = [.. group.Take(PartStructure.JudgedPerGroup)];
            double ofAll = judged.Length * horizon;
            Int128 down = (Int128)_down * judged.Length;
            return
            [
                (double)Sum(judged, _failed) / ofAll,
                (double)(down + Sum(judged, _pivotal)) / ofAll,
                (double)(down - Sum(judged, _saving)) / ofAll,
                _isCutUnknown ? double.NaN : (double)Sum(judged, _inCut) / ofAll,
                (double)Sum(group, _tipped),
            ];
        }
    }

    private static Int128 Sum(IReadOnlyList<int> parts, long[] of)
    {
        Int128 sum = 0;
        foreach (int part in parts)
        {
            sum += of[part];
        }
        return sum;
    }

    private void Enter()
    {
        _state = _structure.Read();
        if (_state.IsDown && !_isDown && _since >= _window.From)
        {
            _losses++;
            if (_structure.Trigger() is { } part)
            {
                _tipped[part]++;
            }
        }
        _isDown = _state.IsDown;
    }

    /// <summary>The state may be another one from now on.</summary>
    private void Leave(long time)
    {
        if (_state is not { } state)
        {
            return;
        }
        long lasted = Math.Min(time, _window.To) - Math.Max(_since, _window.From);
        (_state, _since) = (null, time);
        if (lasted <= 0)
        {
            return;
        }
        _down += state.IsDown ? lasted : 0;
        Add(state.Failed, _failed, lasted);
        Add(state.Pivotal, _pivotal, lasted);
        Add(state.Saving, _saving, lasted);
        Add(state.InFailedCut ?? [], _inCut, lasted);
        _isCutUnknown |= state.InFailedCut is null;
    }

    private static void Add(int[] parts, long[] to, long time)
    {
        foreach (int part in parts)
        {
            to[part] += time;
        }
    }
}
