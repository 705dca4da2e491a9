using System.Diagnostics.CodeAnalysis;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Exploration;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;

namespace FailoverSim.Kernel;

/// <content>What exploring needs of a model: its states as bytes, and reactions that do not draw.</content>
public sealed partial class Simulation
{
    /// <summary>Not null while states are explored: then nothing is drawn, and choices go one way after the other.</summary>
    internal Ways? Ways { get; private set; }

    internal IReadOnlyList<Component> Components => _components;

    internal IReadOnlyList<ServiceDeclaration> Services => _services;

    internal IReadOnlyList<Law> Laws => _laws;

    /// <summary>From now on this instance is explored, and no longer run.</summary>
    [MemberNotNull(nameof(Ways))]
    internal void BeginExploring(Ways ways)
    {
        Ways = ways;
        _timers.CountsStages = true;
        // So that no exponential life is drawn past Ways.
        Array.Clear(_exponentialMeans);
    }

    /// <summary>What <see cref="Save"/> takes.</summary>
    internal int SnapshotBytes =>
        (2 * sizeof(long)) + _timers.ByteCount + _signals.ByteCount + _levels.ByteCount + _states.Sum(state => state.ByteCount);

    /// <summary>Writes down the state; what has been counted is no part of it.</summary>
    internal void Save(Span<byte> to)
    {
        Memory.Save([_now, (long)_causesRaised], ref to);
        _timers.Save(ref to);
        _signals.Save(ref to);
        _levels.Save(ref to);
        foreach (IState state in _states)
        {
            state.Save(ref to);
        }
    }

    internal void Load(ReadOnlySpan<byte> from)
    {
        long[] head = new long[2];
        Memory.Load(head, ref from);
        _now = head[0];
        _causesRaised = (ulong)head[1];
        _timers.Load(ref from);
        _signals.Load(ref from);
        _levels.Load(ref from);
        foreach (IState state in _states)
        {
            state.Load(ref from);
        }
    }

    /// <summary>A stage of a clock ends one nanosecond later, so that what happens now has happened before what will, and all that takes no time with it.</summary>
    /// <param name="clock">An armed clock.</param>
    /// <param name="stages">How many stages its branch has.</param>
    internal void EndStage(int clock, int stages)
    {
        _now++;
        if (_timers.ClockAt(clock).Age + 1 < stages)
        {
            _timers.EndStage(clock);
            return;
        }
        FireNow(clock);
        SettleInstant();
    }

    /// <summary>Lets happen what is due now.</summary>
    internal void SettleInstant()
    {
        for (int fired = 0; _timers.EarliestDue <= _now; fired++)
        {
            if (fired > MaxRounds)
            {
                throw Violation($"more than {MaxRounds} timers fired at one instant");
            }
            Fire(_timers.EarliestTimer);
            Settle();
        }
    }

    internal bool IsClock(int timer) => _timers.IsClock(timer);

    internal bool IsDeadline(int timer) => _timers.IsDeadline(timer);

    internal (int Law, double Speed, long Life, long Age) ClockAt(int timer) => _timers.ClockAt(timer);
}
