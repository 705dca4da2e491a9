using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Repair;

/// <summary>On-duty spells: sorted, disjoint and not touching, as instants from t = 0.</summary>
public sealed class DutyRoster
{
    private readonly long[] _starts;
    private readonly long[] _ends;

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
    }

    /// <summary>On duty at every instant.</summary>
    public static DutyRoster Always { get; } = new([(new SimTime(long.MinValue), SimTime.Never)]);

    public IEnumerable<(SimTime Start, SimTime End)> Spells =>
        _starts.Zip(_ends, (start, end) => (new SimTime(start), new SimTime(end)));

    public bool IsOnDuty(SimTime time) => NextOnDuty(time) == time;

    /// <summary>This instant if on duty, else the next start of duty; <see cref="SimTime.Never"/> after the last spell.</summary>
    public SimTime NextOnDuty(SimTime time)
    {
        int next = Array.BinarySearch(_starts, time.Nanoseconds);
        if (next >= 0)
        {
            return time;
        }
        next = ~next;
        if (next > 0 && time.Nanoseconds < _ends[next - 1])
        {
            return time;
        }
        return next < _starts.Length ? new SimTime(_starts[next]) : SimTime.Never;
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
