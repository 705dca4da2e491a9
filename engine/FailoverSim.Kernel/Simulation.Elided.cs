using System.Collections.Immutable;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel;

/// <content>What a component needs that lets happen at once what happens in an order that nobody can see.</content>
public sealed partial class Simulation
{
    private long _beside;

    /// <summary>
    /// Whether a component may leave the order of its events open where nobody can see it: in a whole run for its rows. Whoever watches
    /// a run, stops it on the way, scores its clocks or explores its states sees every event.
    /// </summary>
    public bool MayElide { get; private set; }

    /// <summary>Where the present run ends, or pauses: what is counted must not be from beyond.</summary>
    public SimTime Until => new(_until);

    /// <summary>Timers that have really fired.</summary>
    internal long Firings => _firings;

    /// <summary>The firing of the present timer stands for so many events.</summary>
    /// <param name="events">How many; 0 where their own ones follow.</param>
    /// <param name="hash">A sum over all that has happened, in whatever order, for the fingerprint.</param>
    public void StandsFor(int events, ulong hash)
    {
        _beside += events - 1;
        _fingerprint.AddUnordered(hash);
    }

    /// <summary>The most that gates over some conditions need of them to be true; null where anybody sees more of them than these gates do.</summary>
    /// <param name="conditions">All of a gate's inputs, each once, or none.</param>
    /// <returns>Far below zero where no gate needs them.</returns>
    public int? MostNeededOf(ImmutableArray<Signal> conditions) => _signals.MostNeededOf(conditions);

    /// <summary>Keeps numbers for faults that will turn out to have occurred from now on.</summary>
    /// <param name="count">How many at most.</param>
    /// <returns>To be given to <see cref="ReservedCause"/>.</returns>
    public ulong ReserveCauses(int count)
    {
        ulong first = unchecked(_causesRaised + 1);
        _causesRaised = unchecked(_causesRaised + (ulong)count);
        return first;
    }

    /// <summary>A fault with a number that was kept for it.</summary>
    /// <param name="kind">As for <see cref="Raise"/>.</param>
    /// <param name="first">What <see cref="ReserveCauses"/> has returned.</param>
    /// <param name="rank">Its place among the faults that occurred since, from 0, below their count.</param>
    public static Cause ReservedCause(int kind, ulong first, int rank) => new(kind, unchecked(first + (ulong)rank));

    /// <summary>Makes up for changes of a condition that nobody has seen: no gate has another value by all of them together.</summary>
    /// <param name="condition">One of those asked about with <see cref="MostNeededOf"/>.</param>
    public void CatchUp(Signal condition) => _signals.CatchUp(condition.Index, true, default, long.MaxValue, 0);

    /// <summary>The same for one that is down.</summary>
    /// <param name="condition">One of those asked about with <see cref="MostNeededOf"/>.</param>
    /// <param name="cause">What made it fall.</param>
    /// <param name="fellAt">When it fell.</param>
    /// <param name="stage">What it waits for.</param>
    public void CatchUp(Signal condition, Cause cause, SimTime fellAt, int stage) =>
        _signals.CatchUp(condition.Index, false, cause, fellAt.Nanoseconds, stage);
}
