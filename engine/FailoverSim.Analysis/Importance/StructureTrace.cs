using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Importance;

/// <summary>
/// Follows which copies work in one replication after the other, and adds up for one service how long each state lasts and what it says.
/// States are looked at when time advances, and each but once.
/// </summary>
internal sealed class StructureTrace : IServiceTrace
{
    private readonly Structure _structure;
    private readonly (long From, long To) _window;
    private readonly Dictionary<int, int> _groupOf = [];
    private readonly int[] _initial;
    private readonly int[] _working;
    private readonly int[] _before;
    private readonly Dictionary<string, (bool Down, IReadOnlyList<CopyShares> Shares)> _known = [];
    private readonly double[] _sums;
    private long _now;

    /// <param name="structure">The service.</param>
    /// <param name="simulation">At t = 0.</param>
    /// <param name="window">Observed time in nanoseconds from t = 0.</param>
    public StructureTrace(Structure structure, Simulation simulation, (long From, long To) window)
    {
        (_structure, _window) = (structure, window);
        _initial = new int[structure.Groups.Count];
        Dictionary<string, int> byName = [];
        for (int g = 0; g < _initial.Length; g++)
        {
            for (int copy = 1; copy <= structure.Groups[g].Count; copy++)
            {
                byName[string.Create(CultureInfo.InvariantCulture, $"{structure.Groups[g].Name}-{copy}.working")] = g;
            }
        }
        for (int i = 0; i < simulation.Signals.Count; i++)
        {
            if (byName.TryGetValue(simulation.Signals.NameOf(new Signal(i)), out int group))
            {
                _groupOf[i] = group;
                _initial[group] += simulation.Signals[new Signal(i)] ? 1 : 0;
            }
        }
        _working = [.. _initial];
        _before = [.. _initial];
        _sums = new double[ServiceTraces.PerService + (ServiceTraces.PerGroup * _initial.Length)];
    }

    public void OnSignal(SimTime time, Signal signal, bool value)
    {
        if (!_groupOf.TryGetValue(signal.Index, out int group))
        {
            return;
        }
        AdvanceTo(time.Nanoseconds);
        _working[group] += value ? 1 : -1;
    }

    /// <inheritdoc/>
    public double[] Take()
    {
        AdvanceTo(_window.To);
        double[] taken = [.. _sums];
        Array.Clear(_sums);
        _initial.CopyTo(_working, 0);
        _initial.CopyTo(_before, 0);
        _now = 0;
        return taken;
    }

    public void OnTimer(SimTime time, Component component, int slot, int timer)
    {
    }

    public void OnState(SimTime time, Component component, int slot, string state)
    {
    }

    private void AdvanceTo(long time)
    {
        if (time <= _now)
        {
            return;
        }
        var (down, shares) = Known(_working);
        if (down && _now >= _window.From && !_structure.IsDown(_before))
        {
            Outage();
        }
        _working.CopyTo(_before, 0);
        long lasted = Math.Min(time, _window.To) - Math.Max(_now, _window.From);
        _now = time;
        if (lasted <= 0)
        {
            return;
        }
        double share = lasted / (double)(_window.To - _window.From);
        _sums[0] += down ? share : 0;
        for (int g = 0; g < shares.Count; g++)
        {
            Span<double> sums = _sums.AsSpan(ServiceTraces.FirstOf(g), ServiceTraces.PerGroup);
            sums[0] += share * shares[g].Failed;
            sums[1] += share * shares[g].DownIfFailed;
            sums[2] += share * shares[g].DownIfWorking;
            sums[3] += share * (shares[g].InFailedCut ?? double.NaN);
        }
    }

    /// <summary>What tipped the service over, if it is one group alone.</summary>
    private void Outage()
    {
        _sums[1]++;
        int[] fallen = [.. Enumerable.Range(0, _working.Length).Where(g => _working[g] < _before[g])];
        if (fallen.Length == 1)
        {
            _sums[ServiceTraces.FirstOf(fallen[0]) + 4]++;
        }
    }

    private (bool Down, IReadOnlyList<CopyShares> Shares) Known(int[] working)
    {
        string key = string.Join(',', working);
        if (!_known.TryGetValue(key, out var known))
        {
            _known[key] = known = (_structure.IsDown(working), _structure.SharesAt(working));
        }
        return known;
    }
}
