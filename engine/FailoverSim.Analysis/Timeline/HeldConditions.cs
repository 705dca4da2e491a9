using System.Runtime.InteropServices;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>The false conditions of one outage: for how long each kept it down, and the faults behind those that do so now.</summary>
/// <remarks>Conditions are read at each instant, but only those that come, go or change their cause cost more than that.</remarks>
internal sealed class HeldConditions(SignalGraph signals, FaultMemory faults)
{
    private readonly Dictionary<int, Holding> _all = [];
    private readonly SortedSet<Occurrence> _causes = new(Occurrence.ByNumber);
    private readonly Dictionary<Occurrence, int> _conditionsOf = [];
    private List<Signal> _present = [];
    private List<Signal> _past = [];
    private int _round;

    /// <summary>How many are false now.</summary>
    public int PresentCount => _present.Count;

    /// <summary>The faults behind those that are false now, each once, oldest first.</summary>
    public IReadOnlyCollection<Occurrence> Causes => _causes;

    /// <summary>Those of <see cref="Causes"/> that were not among them at the instant before.</summary>
    public List<Occurrence> Joined { get; } = [];

    /// <summary>How many were among them only then.</summary>
    public int LeftCount { get; private set; }

    /// <summary>The oldest and the youngest, oldest first.</summary>
    public Occurrence[] Ends(int most) =>
        _causes.Count <= most ? [.. _causes] : [.. _causes.Take(most - (most / 2)), .. _causes.Reverse().Take(most / 2).Reverse()];

    /// <summary>What holds a signal down, for so long.</summary>
    public void Read(Signal down, SimDuration length)
    {
        (_past, _present, LeftCount) = (_present, _past, 0);
        Joined.Clear();
        signals.FalseConditionsOf(down, _present);
        int before = _round++;
        foreach (Signal condition in _present)
        {
            ref Holding holding = ref CollectionsMarshal.GetValueRefOrAddDefault(_all, condition.Index, out bool isKnown);
            Cause cause = signals.CauseOf(condition);
            bool wasPresent = isKnown && holding.Round == before;
            if (!wasPresent || holding.Cause != cause)
            {
                Leave(wasPresent ? holding.Occurrence : null);
                (holding.Cause, holding.Occurrence) = (cause, faults.Of(cause));
                Join(holding.Occurrence);
            }
            holding.Round = _round;
            holding.Stage = signals.StageOf(condition);
            holding.Length += length.Nanoseconds;
        }
        foreach (Signal condition in _past)
        {
            ref Holding holding = ref CollectionsMarshal.GetValueRefOrNullRef(_all, condition.Index);
            Leave(holding.Round == _round ? null : holding.Occurrence);
        }
    }

    /// <summary>All that were false at some time, the one that was for longest first.</summary>
    public IEnumerable<HeldDown> ByLength(IReadOnlyList<string> stages) => _all
        .Select(pair => new HeldDown(
            signals.NameOf(new Signal(pair.Key)), new SimDuration(pair.Value.Length), stages[pair.Value.Stage], pair.Value.Occurrence))
        .OrderByDescending(held => held.Length).ThenBy(held => held.Condition, StringComparer.Ordinal);

    private void Join(Occurrence? cause)
    {
        if (cause is not null && ++CollectionsMarshal.GetValueRefOrAddDefault(_conditionsOf, cause, out _) == 1)
        {
            _causes.Add(cause);
            Joined.Add(cause);
        }
    }

    private void Leave(Occurrence? cause)
    {
        if (cause is not null && --CollectionsMarshal.GetValueRefOrNullRef(_conditionsOf, cause) == 0)
        {
            _conditionsOf.Remove(cause);
            _causes.Remove(cause);
            LeftCount++;
        }
    }

    /// <summary>A condition that is false, or was.</summary>
    private struct Holding
    {
        /// <summary>The instant at which it was false last, by its number.</summary>
        public int Round;

        public Cause Cause;

        public Occurrence? Occurrence;

        public int Stage;

        public long Length;
    }
}
