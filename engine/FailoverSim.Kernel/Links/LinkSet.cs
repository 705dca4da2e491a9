using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Links;

/// <summary>
/// Ordered pairs that talk: first in, first out, bounded, one timer for the message at the head. A message ends delivered,
/// refused (the process is dead and its host alive: the sender hears so after the way back), silent (anything between is
/// down: nobody hears anything), or it is held until the receiver takes messages in again.
/// </summary>
/// <typeparam name="TMessage">A plain value.</typeparam>
public abstract class LinkSet<TMessage> : Component
    where TMessage : unmanaged
{
    private readonly ImmutableArray<LinkEnds> _ends;
    private readonly int _capacity;
    private readonly State<Queue> _queues;
    private readonly State<Entry> _entries;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="ends">One per link; at least one.</param>
    /// <param name="capacity">Messages under way per link; a message beyond is lost.</param>
    protected LinkSet(ModelBuilder builder, string name, IReadOnlyList<LinkEnds> ends, int capacity)
        : base(builder, name, ends.Count, 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _ends = [.. ends];
        _capacity = capacity;
        _queues = NewState<Queue>(ends.Count);
        _entries = NewState<Entry>(ends.Count * capacity);
        for (int link = 0; link < _ends.Length; link++)
        {
            builder.Observe(_ends[link].ToHost, this, link);
            builder.Observe(_ends[link].ToProcess, this, link);
            builder.Observe(_ends[link].ToReady, this, link);
        }
    }

    /// <summary>
    /// Whether a sender hears of a refusal, behind which what follows waits; if not, what is sent to a dead process is lost. True unless
    /// overridden.
    /// </summary>
    protected virtual bool TellsOfRefusals => true;

    /// <summary>A message has arrived and is taken in.</summary>
    protected abstract void OnDelivered(int link, in TMessage message);

    /// <summary>The sender hears that nobody listens at the other end.</summary>
    protected abstract void OnRefused(int link, in TMessage message);

    /// <summary>Sends a message; one that is faster than those before it arrives right behind them.</summary>
    /// <returns>Whether there was room; the sender is not told what became of it.</returns>
    protected bool Send(int link, in TMessage message, SimDuration latency)
    {
        ref Queue queue = ref _queues[link];
        if (!Simulation.Signals[_ends[link].FromNetwork])
        {
            return true;
        }
        if (queue.Count == _capacity)
        {
            return false;
        }
        long due = Math.Max((Now + latency).Nanoseconds, queue.LastDue);
        _entries[EntryOf(link, queue.Count)] = new Entry { Message = message, Due = due, Latency = latency.Nanoseconds };
        queue.Count++;
        queue.LastDue = due;
        if (queue.Count == 1)
        {
            ArmAt(link, 0, new SimTime(due));
        }
        return true;
    }

    /// <summary>Until when messages have arrived: until now if the link has had its turn at this instant, otherwise until the nanosecond before.</summary>
    public long ArrivedUntil(int link) => PassedUntil(link, 0);

    /// <summary>How many messages are under way.</summary>
    protected int CountOf(int link) => _queues[link].Count;

    /// <summary>The k-th of the messages under way, in the order in which they arrive.</summary>
    protected ref readonly TMessage MessageOf(int link, int k) => ref _entries[EntryOf(link, k)].Message;

    /// <summary>When that one arrives, in nanoseconds.</summary>
    protected long DueOf(int link, int k) => _entries[EntryOf(link, k)].Due;

    protected internal override void Start()
    {
    }

    protected internal override void OnTimer(int slot, int timer) => Arrive(slot);

    /// <summary>Something has changed at the receiving end: a message that is held may move on.</summary>
    protected internal override void OnSignal(int slot)
    {
        if (_queues[slot].IsHeld)
        {
            _queues[slot].IsHeld = false;
            Arrive(slot);
        }
    }

    protected internal override void Encode(int slot, StateWriter writer)
    {
        ref Queue queue = ref _queues[slot];
        writer.Add(queue.IsHeld ? 1L : 0L);
        for (int i = 0; i < queue.Count; i++)
        {
            ref Entry entry = ref _entries[EntryOf(slot, i)];
            writer.Add(Math.Max(0, entry.Due - Now.Nanoseconds));
            writer.Add(entry.IsReturning ? 1L : 0L);
            foreach (byte value in MemoryMarshal.AsBytes(new ReadOnlySpan<TMessage>(ref entry.Message)))
            {
                writer.Add((long)value);
            }
        }
    }

    /// <summary>Every link has ends of its own.</summary>
    protected internal override bool SlotsAreSymmetric => false;

    private void Arrive(int link)
    {
        ref Entry head = ref _entries[EntryOf(link, 0)];
        LinkEnds ends = _ends[link];
        TMessage message = head.Message;
        if (head.IsReturning)
        {
            TakeHead(link);
            OnRefused(link, in message);
        }
        else if (!Simulation.Signals[ends.Path] || !Simulation.Signals[ends.ToNetwork] || !Simulation.Signals[ends.ToHost]
            || (!Simulation.Signals[ends.ToProcess] && !TellsOfRefusals))
        {
            TakeHead(link);
        }
        else if (!Simulation.Signals[ends.ToProcess])
        {
            head.IsReturning = true;
            head.Due = Now.Nanoseconds + head.Latency;
            ArmAt(link, 0, new SimTime(head.Due));
        }
        else if (!Simulation.Signals[ends.ToReady])
        {
            _queues[link].IsHeld = true;
        }
        else
        {
            TakeHead(link);
            OnDelivered(link, in message);
        }
    }

    private void TakeHead(int link)
    {
        ref Queue queue = ref _queues[link];
        queue.First = (queue.First + 1) % _capacity;
        queue.Count--;
        if (queue.Count > 0)
        {
            ArmAt(link, 0, new SimTime(Math.Max(Now.Nanoseconds, _entries[EntryOf(link, 0)].Due)));
        }
    }

    private int EntryOf(int link, int position) => (link * _capacity) + ((_queues[link].First + position) % _capacity);

    private struct Queue
    {
        public long LastDue;
        public int First;
        public int Count;
        public bool IsHeld;
    }

    private struct Entry
    {
        public long Due;
        public long Latency;
        public TMessage Message;
        public bool IsReturning;
    }
}
