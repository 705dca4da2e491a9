using System.Numerics;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Repair;

/// <summary>On-duty spells: sorted, disjoint and not touching, as instants from t = 0.</summary>
public sealed class DutyRoster
{
    private readonly long[] _starts;
    private readonly long[] _ends;

    /// <summary>By equal steps of time from the first start on: the first spell that ends after the step begins.</summary>
    private readonly int[] _firstOfStep;
    private readonly int _stepBits;

    /// <param name="spells">(start, end) in any order; overlapping and touching ones are merged.</param>
    public DutyRoster(IEnumerable<(SimTime Start, SimTime End)> spells)
    {
        List<long> starts = [];
        List<long> ends = [];
        foreach ((SimTime start, SimTime end) in spells.OrderBy(s => s.Start).ThenBy(s => s.End))
        {
            if (ends.Count > 0 && start.Nanoseconds <= ends[^1])
            {
                ends[^1] = Math.Max(ends[^1], end.Nanoseconds);
            }
            else if (end > start)
            {
                starts.Add(start.Nanoseconds);
                ends.Add(end.Nanoseconds);
            }
        }
        _starts = [.. starts];
        _ends = [.. ends];
        if (_starts.Length > 1)
        {
            long length = _starts[^1] - _starts[0];
            _stepBits = BitOperations.Log2((ulong)(length / _starts.Length) | 1);
            _firstOfStep = new int[(length >> _stepBits) + 1];
            for (int step = 1; step < _firstOfStep.Length; step++)
            {
                _firstOfStep[step] = FirstEndingAfter(_starts[0] + ((long)step << _stepBits), _firstOfStep[step - 1]);
            }
        }
        else
        {
            // One spell, or none, and perhaps without a beginning: there is nothing to look up.
            _stepBits = 63;
            _firstOfStep = [0];
        }
    }

    /// <summary>On duty at every instant.</summary>
    public static DutyRoster Always { get; } = new([(new SimTime(long.MinValue), SimTime.Never)]);

    public IEnumerable<(SimTime Start, SimTime End)> Spells =>
        _starts.Zip(_ends, (start, end) => (new SimTime(start), new SimTime(end)));

    public bool IsOnDuty(SimTime time) => NextOnDuty(time) == time;

    /// <summary>This instant if on duty, else the next start of duty; <see cref="SimTime.Never"/> after the last spell.</summary>
    /// <remarks>Every job asks. With twenty years of shifts a binary search took a fifth of a whole run.</remarks>
    public SimTime NextOnDuty(SimTime time)
    {
        if (_starts.Length == 0)
        {
            return SimTime.Never;
        }
        if (time.Nanoseconds < _starts[0])
        {
            return new SimTime(_starts[0]);
        }
        long step = _starts.Length == 1 ? 0 : (time.Nanoseconds - _starts[0]) >> _stepBits;
        int spell = FirstEndingAfter(time.Nanoseconds, _firstOfStep[Math.Min(step, _firstOfStep.Length - 1)]);
        if (spell == _starts.Length)
        {
            return SimTime.Never;
        }
        return _starts[spell] <= time.Nanoseconds ? time : new SimTime(_starts[spell]);
    }

    private int FirstEndingAfter(long time, int spell)
    {
        while (spell < _ends.Length && _ends[spell] <= time)
        {
            spell++;
        }
        return spell;
    }

    /// <summary>All time in [from, to) outside the given rosters.</summary>
    public static DutyRoster Outside(IEnumerable<DutyRoster> others, SimTime from, SimTime to)
    {
        List<(SimTime, SimTime)> gaps = [];
        SimTime free = from;
        foreach ((SimTime start, SimTime end) in new DutyRoster(others.SelectMany(o => o.Spells)).Spells)
        {
            if (start > free)
            {
                gaps.Add((free, start < to ? start : to));
            }
            free = end > free ? end : free;
        }
        if (free < to)
        {
            gaps.Add((free, to));
        }
        return new DutyRoster(gaps);
    }
}
