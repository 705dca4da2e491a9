using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Structure;

namespace FailoverSim.Kernel.Observation;

/// <summary>Adds up the time that a service spends at each number of further faults from an outage; 0 while it is down.</summary>
/// <remarks>
/// The search is made once for each state of the conditions beneath the service and remembered by a hash of 128 bits, of which two
/// alike are not to be expected in the life of a computer.
/// </remarks>
internal sealed class MarginMeter
{
    /// <summary>Beyond it, the margin is told as more.</summary>
    public const int Depth = 3;

    /// <summary>Gates, conditions and faults looked at for one state.</summary>
    private const long Work = 5_000_000;

    private const int MostStates = 1 << 16;

    private readonly SignalGraph _signals;
    private readonly Signal _up;
    private readonly CutSearch _search;
    private readonly (Signal Condition, ulong High, ulong Low)[] _words;
    private readonly Dictionary<(ulong High, ulong Low), int> _known = [];
    private readonly long[] _times = new long[Depth + 2];
    private long _last;
    private int _distance;

    public MarginMeter(SignalGraph signals, Signal up, Signal structure, IReadOnlyList<FaultDeclaration> faults)
    {
        _signals = signals;
        _up = up;
        // What only comes with planned work, or by a script, does not strike next.
        _search = new CutSearch(signals, structure, [.. faults.Where(fault => fault.Owner is not null)], Depth, Work, strongestOnly: true);
        _words =
        [
            .. _search.Cone.Conditions.Select((condition, i) => (
                condition, Hashing.Mix((2 * (ulong)i) + 1), Hashing.Mix((2 * (ulong)i) + 2))),
        ];
    }

    /// <summary>What it depends on.</summary>
    public IEnumerable<Signal> Signals => _search.Cone.Conditions.Append(_up);

    public void Begin(long now)
    {
        Array.Clear(_times);
        _last = now;
        _distance = Distance();
    }

    /// <summary>Something that it depends on changed at <paramref name="now"/>, and has settled.</summary>
    public void Update(long now)
    {
        Account(now);
        _distance = Distance();
    }

    /// <returns>Time at 0, 1, … further faults, and at more.</returns>
    public long[] Finish(long now)
    {
        Account(now);
        return (long[])_times.Clone();
    }

    private void Account(long now)
    {
        _times[_distance] += now - _last;
        _last = now;
    }

    private int Distance()
    {
        if (!_signals[_up])
        {
            return 0;
        }
        ulong high = 0, low = 0;
        foreach (ref readonly (Signal Condition, ulong High, ulong Low) word in _words.AsSpan())
        {
            // Nearly all hold, nearly always: what does not makes the state.
            if (!_signals[word.Condition])
            {
                high ^= word.High;
                low ^= word.Low;
            }
        }
        (ulong, ulong) state = (high, low);
        if (!_known.TryGetValue(state, out int distance))
        {
            if (_known.Count == MostStates)
            {
                _known.Clear();
            }
            distance = _search.Distance();
            _known.Add(state, distance);
        }
        return distance;
    }
}
