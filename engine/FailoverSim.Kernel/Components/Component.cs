using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Components;

/// <summary>
/// A state machine, or a population of like ones in numbered slots, even of none: it reacts to a timer of its own or to a change of a
/// signal that it observes, drives conditions and arms timers. All that changes lives in <see cref="State{T}"/>.
/// </summary>
public abstract class Component
{
    private readonly ModelBuilder _builder;
    private readonly int _timerCount;
    private ulong[] _keys = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique; with the slot number it names the entity, its random streams and its place in the order of events.</param>
    /// <param name="count">Slots; 0 where there is nobody yet that could live, such as no pods on a cluster without workloads.</param>
    /// <param name="timersPerSlot">Timers of each slot; simultaneous ones fire by slot, then timer number.</param>
    protected Component(ModelBuilder builder, string name, int count, int timersPerSlot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _builder = builder;
        Name = name;
        Count = count;
        TimersPerSlot = timersPerSlot;
        _timerCount = count * timersPerSlot;
        builder.Join(this);
    }

    public string Name { get; }

    public int Count { get; }

    internal int TimersPerSlot { get; }

    internal int FirstTimer { get; private set; }

    /// <summary>Place in the order of the model: by name.</summary>
    public int Order { get; private set; }

    protected SimTime Now => Simulation.Now;

    /// <summary>The model that the component is part of; null until it is built, when nothing reacts yet.</summary>
    protected Simulation Simulation { get; private set; } = null!;

    /// <summary>Name of the entity in a slot, for its random streams and for traces.</summary>
    public virtual string EntityName(int slot) => Count == 1 ? Name : $"{Name}-{slot + 1}";

    /// <summary>Arms what must be armed at t = 0; conditions already have their initial values.</summary>
    protected internal abstract void Start();

    /// <summary>A timer of a slot has fired; it is disarmed unless armed again here.</summary>
    protected internal abstract void OnTimer(int slot, int timer);

    /// <summary>A timer of the slot will probably fire soon: what that takes from memory can be asked for now.</summary>
    /// <remarks>Called in models with many timers only, where an event otherwise waits longer for memory than it computes.</remarks>
    protected internal virtual void Expect(int slot)
    {
    }

    /// <summary>
    /// A signal observed for this slot has another value than when the last round was settled, or the slot asked for it.
    /// </summary>
    protected internal virtual void OnSignal(int slot)
    {
    }

    /// <summary>Writes what the future of a slot depends on, apart from its timers; instants relative to now.</summary>
    protected internal abstract void Encode(int slot, StateWriter writer);

    /// <summary>Whether exchanging two slots gives an equivalent state.</summary>
    protected internal virtual bool SlotsAreSymmetric => true;

    /// <summary>
    /// What of a slot depends on the calendar beyond what its timers tell, such as <c>hours</c>; null: nothing does, and the state
    /// after a step depends on the state before it alone.
    /// </summary>
    protected internal virtual string? Calendar(int slot) => null;

    /// <summary>Registers a piece of state; only while the component is constructed.</summary>
    protected State<T> NewState<T>(int count)
        where T : unmanaged
    {
        State<T> state = new(count);
        _builder.Register(state);
        return state;
    }

    protected void ArmAt(int slot, int timer, SimTime due) => Simulation.ArmDeadline(TimerOf(slot, timer), due);

    protected void ArmAfter(int slot, int timer, SimDuration delay) =>
        Simulation.ArmDeadline(TimerOf(slot, timer), Now + delay);

    /// <summary>Starts a clock that uses up a life drawn from a law.</summary>
    /// <param name="slot">Slot.</param>
    /// <param name="timer">Timer of the slot.</param>
    /// <param name="law">A law known to the model (<see cref="ModelBuilder.Law"/>).</param>
    /// <param name="purpose">What is drawn.</param>
    /// <param name="occurrence">How many have been drawn before for this slot and purpose.</param>
    /// <param name="speed">Life used up per unit of time; 0 stands still.</param>
    protected void StartClock(int slot, int timer, LawId law, Purpose purpose, long occurrence, double speed = 1) =>
        StartClock(slot, timer, law, Draw(slot, law, purpose, occurrence), speed);

    /// <summary>Starts a clock with a life in seconds that has been drawn from its law already.</summary>
    protected void StartClock(int slot, int timer, LawId law, double life, double speed = 1) =>
        Simulation.StartClock(TimerOf(slot, timer), law, life, speed);

    protected void SetSpeed(int slot, int timer, double speed) => Simulation.SetSpeed(TimerOf(slot, timer), speed);

    protected void Disarm(int slot, int timer) => Simulation.Disarm(TimerOf(slot, timer));

    protected bool IsArmed(int slot, int timer) => Simulation.IsArmed(TimerOf(slot, timer));

    /// <summary>
    /// Until when ticks that are no events have happened: until now if the timer that would stand for them has had its turn at this instant,
    /// otherwise until the nanosecond before.
    /// </summary>
    protected long PassedUntil(int slot, int timer) =>
        Simulation.HasHadItsTurn(TimerOf(slot, timer)) ? Now.Nanoseconds : Now.Nanoseconds - 1;

    /// <summary>
    /// Calls <see cref="OnSignal"/> once the present round has settled: for decisions that depend on all of its changes.
    /// </summary>
    protected void ReactWhenSettled(int slot) => Simulation.AskForRound(this, slot);

    /// <summary>One variate of a law, in seconds.</summary>
    protected double Draw(int slot, LawId law, Purpose purpose, long occurrence) =>
        Simulation.Draw(law, _keys[slot], purpose, occurrence);

    /// <summary>Variates in seconds, for many slots: each is what <see cref="Draw"/> gives, all of them sooner.</summary>
    protected void DrawEach(ReadOnlySpan<Drawing> drawings, Span<double> seconds) => Simulation.DrawEach(drawings, _keys, seconds);

    /// <summary>The random numbers of one slot, purpose and occurrence.</summary>
    /// <remarks>Where states are explored this is in the way: it does not tell what can come of it, and with which probability.</remarks>
    protected internal Draws DrawsFor(int slot, Purpose purpose, long occurrence)
    {
        Simulation.Ways?.NoteDraw(this, slot);
        return Simulation.DrawsFor(_keys[slot], purpose, occurrence);
    }

    /// <summary>Picks an index with probability proportional to its weight: the only discrete randomness, so that it can be enumerated.</summary>
    protected int Choose(int slot, Purpose purpose, long occurrence, ReadOnlySpan<double> weights)
    {
        if (Simulation.Ways is { } ways)
        {
            return ways.Choose(weights);
        }
        Draws draws = DrawsFor(slot, purpose, occurrence);
        return Simulation.Choose(ref draws, weights);
    }

    /// <summary>Picks a set whose order makes no difference: that of a random permutation's front.</summary>
    /// <param name="slot">Slot.</param>
    /// <param name="purpose">What is drawn.</param>
    /// <param name="occurrence">How many have been drawn before for this slot and purpose.</param>
    /// <param name="items">What there is to pick from; rearranged, the set first.</param>
    /// <param name="size">How many to pick.</param>
    protected void ChooseSet(int slot, Purpose purpose, long occurrence, Span<int> items, int size)
    {
        if (Simulation.Ways is { } ways)
        {
            ways.ChooseSet(items, size);
        }
        else
        {
            ChooseInOrder(slot, purpose, occurrence, items, size);
        }
    }

    /// <summary>The same where the order makes a difference: the front of a random permutation.</summary>
    protected void ChooseInOrder(int slot, Purpose purpose, long occurrence, Span<int> items, int size)
    {
        Draws draws = DrawsFor(slot, purpose, occurrence);
        for (int i = 0; i < size; i++)
        {
            int other = i + draws.NextIndex(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Gives the component its place in the model that has just been built.</summary>
    internal void Bind(Simulation simulation, int order, int firstTimer, ulong[] keys)
    {
        Simulation = simulation;
        Order = order;
        FirstTimer = firstTimer;
        _keys = keys;
    }

    internal int TimerOf(int slot, int timer) => unchecked(FirstTimer + (slot * TimersPerSlot) + timer);

    internal bool Owns(int timer) => unchecked((uint)(timer - FirstTimer) < (uint)_timerCount);

    internal (int Slot, int Timer) SlotOf(int timer)
    {
        int offset = unchecked(timer - FirstTimer);
        return TimersPerSlot == 1 ? (offset, 0) : Math.DivRem(offset, TimersPerSlot);
    }

    internal void ExpectTimer(int timer)
    {
        int slot = SlotOf(timer).Slot;
        Events.Cache.Fetch(in _keys[slot]);
        Expect(slot);
    }
}

/// <summary>A law registered with a model.</summary>
public readonly record struct LawId(int Index);
