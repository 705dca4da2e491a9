using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// All timers of a model: deadlines, and clocks that use up a life at some speed. They are numbered in the order in which
/// simultaneous ones fire: by entity, then purpose.
/// </summary>
internal sealed class TimerTable(int count, IReadOnlyList<Law> laws)
{
    private readonly EventList _due = new(Math.Max(1, count));
    private readonly TimerState[] _states = new TimerState[count];
    private readonly Law[] _laws = [.. laws];
    private HazardScores? _scores;

    public int Count => _states.Length;

    /// <summary>While states are explored: the age of a clock is the number of stages behind it, and time adds nothing.</summary>
    public bool CountsStages { get; set; }

    public int ByteCount => _due.ByteCount + Memory.ByteCount(_states);

    public long EarliestDue => _due.EarliestDue;

    public int EarliestTimer => _due.EarliestSlot;

    /// <summary>Fetches the state of a timer that will probably fire soon, and names it; it may be one past the last.</summary>
    public int FetchSoon()
    {
        int soon = _due.Soon;
        if ((uint)soon < (uint)_states.Length)
        {
            Cache.Fetch(in _states[soon]);
        }
        return soon;
    }

    public bool AreScored => _scores is not null;

    /// <summary>From now on the clocks of these hazards are scored.</summary>
    public void Score(HazardScores scores) => _scores = scores;

    public void Reset()
    {
        _scores?.Reset();
        _due.Clear();
        Array.Clear(_states);
    }

    public void CopyFrom(TimerTable other)
    {
        if (_scores is not null && other._scores is not null)
        {
            _scores.CopyFrom(other._scores);
        }
        _due.CopyFrom(other._due);
        other._states.AsSpan().CopyTo(_states);
    }

    public void Save(ref Span<byte> to)
    {
        _due.Save(ref to);
        Memory.Save(_states, ref to);
    }

    public void Load(ref ReadOnlySpan<byte> from)
    {
        _due.Load(ref from);
        Memory.Load(_states, ref from);
    }

    public bool IsArmed(int timer) => _states[timer].Kind != TimerState.Disarmed;

    /// <summary>Disarms the timer that fires; its place in the event list is given up only if it is not armed again at once.</summary>
    public Cause BeginFire(int timer)
    {
        ref TimerState state = ref _states[timer];
        if (_scores is not null && state.Kind >= TimerState.Clock)
        {
            _scores.Fired(state.Kind - TimerState.Clock, state.Life);
        }
        state.Kind = TimerState.Disarmed;
        return state.Cause;
    }

    public void EndFire(int timer)
    {
        if (_states[timer].Kind == TimerState.Disarmed)
        {
            _due.Set(timer, long.MaxValue);
        }
    }

    /// <summary>A timer is about to be disarmed, or armed for something else.</summary>
    public void Leave(int timer, long now)
    {
        if (_scores is not null)
        {
            LeaveScored(in _states[timer], now);
        }
    }

    /// <summary>Adds up N − H of each hazard, of the clocks that are armed as well.</summary>
    public double[] ScoresAt(long now)
    {
        double[] scores = [.. _scores!.Ended];
        foreach (ref readonly TimerState state in _states.AsSpan())
        {
            if (state.Kind >= TimerState.Clock && _scores.HazardOf(state.Kind - TimerState.Clock) is >= 0 and int hazard)
            {
                scores[hazard] -= _scores.Used(state.Kind - TimerState.Clock, AgeAt(in state, now));
            }
        }
        return scores;
    }

    public void ArmDeadline(int timer, long due, Cause cause)
    {
        ref TimerState state = ref _states[timer];
        state.Kind = TimerState.Deadline;
        state.Cause = cause;
        _due.Set(timer, due);
    }

    public void Disarm(int timer)
    {
        _states[timer].Kind = TimerState.Disarmed;
        _due.Set(timer, long.MaxValue);
    }

    public void StartClock(int timer, int law, long life, double speed, long now, Cause cause)
    {
        unchecked
        {
            ref TimerState state = ref _states[timer];
            state.Since = now;
            state.Age = 0;
            state.Life = life;
            state.Speed = speed;
            state.Cause = cause;
            state.Kind = TimerState.Clock + law;
            _due.Set(timer, speed == 1 && life < long.MaxValue - now ? now + life : DueOf(in state));
        }
    }

    /// <summary>From now on the clock runs at another speed; what is used up stays used up.</summary>
    public void SetSpeed(int timer, double speed, long now)
    {
        ref TimerState state = ref _states[timer];
        state.Age = AgeAt(in state, now);
        state.Since = now;
        state.Speed = speed;
        _due.Set(timer, DueOf(in state));
    }

    /// <summary>Hazard that an armed clock has used up: H(age).</summary>
    public double HazardUsed(int timer, long now)
    {
        ref readonly TimerState state = ref _states[timer];
        return _laws[state.Kind - TimerState.Clock].CumulativeHazard(AgeAt(in state, now) * 1e-9);
    }

    /// <summary>
    /// Draws what is left of a clock anew, given only that it has reached its age: clones get fresh luck.
    /// </summary>
    public void RedrawResidual(int timer, double threshold, long now)
    {
        ref TimerState state = ref _states[timer];
        long age = AgeAt(in state, now);
        long residual = SimDuration.FromSeconds(_laws[state.Kind - TimerState.Clock].Residual(age * 1e-9, threshold)).Nanoseconds;
        state.Since = now;
        state.Age = age;
        state.Life = residual > long.MaxValue - age ? long.MaxValue : age + residual;
        _due.Set(timer, DueOf(in state));
    }

    /// <summary>Makes an armed timer the next one to fire at the present instant.</summary>
    public void FireNow(int timer, long now) => _due.Set(timer, now);

    public bool IsDeadline(int timer) => _states[timer].Kind == TimerState.Deadline && _due.Due(timer) < long.MaxValue;

    /// <summary>What a clock's law is, how fast it runs, and how it was started; its age counts stages while these are explored.</summary>
    public (int Law, double Speed, long Life, long Age) ClockAt(int timer)
    {
        ref readonly TimerState state = ref _states[timer];
        return (state.Kind - TimerState.Clock, state.Speed, state.Life, state.Age);
    }

    /// <summary>While stages are counted: one more of them is over.</summary>
    public void EndStage(int timer) => _states[timer].Age++;

    public bool IsClock(int timer) => _states[timer].Kind >= TimerState.Clock;

    /// <summary>What the future depends on: the kind, the law, the speed and, unless memoryless, the age; a deadline's distance.</summary>
    public void Encode(int timer, long now, StateWriter writer)
    {
        ref readonly TimerState state = ref _states[timer];
        if (!IsArmed(timer))
        {
            writer.Add(-2L);
        }
        else if (state.Kind == TimerState.Deadline)
        {
            writer.Add(-1L);
            writer.Add(_due.Due(timer) - now);
        }
        else
        {
            writer.Add((long)state.Kind);
            writer.Add(state.Speed);
            writer.Add(CountsStages ? state.Life + state.Age
                : _laws[state.Kind - TimerState.Clock].IsMemoryless ? 0 : AgeAt(in state, now));
        }
    }

    private void LeaveScored(in TimerState state, long now)
    {
        if (state.Kind >= TimerState.Clock)
        {
            _scores!.Left(state.Kind - TimerState.Clock, AgeAt(in state, now));
        }
    }

    private long AgeAt(in TimerState state, long now)
    {
        if (CountsStages)
        {
            return state.Age;
        }
        long elapsed = now - state.Since;
        return state.Age + (state.Speed == 1 ? elapsed : (long)Math.Round(elapsed * state.Speed));
    }

    private static long DueOf(in TimerState state)
    {
        if (state.Speed == 0 || state.Life == long.MaxValue)
        {
            return long.MaxValue;
        }
        long left = Math.Max(0, state.Life - state.Age);
        if (state.Speed == 1)
        {
            return left >= long.MaxValue - state.Since ? long.MaxValue : state.Since + left;
        }
        double wait = Math.Round(left / state.Speed);
        return wait >= 9.2e18 - state.Since ? long.MaxValue : state.Since + (long)wait;
    }
}
