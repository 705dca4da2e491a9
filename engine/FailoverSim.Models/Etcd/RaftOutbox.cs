namespace FailoverSim.Models.Etcd;

/// <summary>What one step of a member asks of the world around it.</summary>
internal ref struct RaftOutbox(Span<RaftMessage> room)
{
    /// <summary>Room for what one step can say: each other member hears of a vote or an entry, and one answer.</summary>
    public const int Room = 2 * EtcdOptions.MostMembers + 2;

    private readonly Span<RaftMessage> _room = room;
    private int _count;

    /// <summary>Term, vote or entries have changed: what it answers must wait for the disk.</summary>
    public bool MustSync;

    /// <summary>The randomised timeout is drawn anew.</summary>
    public bool Redraw;

    /// <summary>The leader no longer keeps what this log needs: a snapshot is to be copied.</summary>
    public bool NeedsSnapshot;

    /// <summary>It has begun to campaign (for votes or, with pre-vote, for promises).</summary>
    public bool Campaigned;

    public readonly ReadOnlySpan<RaftMessage> Messages => _room[.._count];

    public void Add(in RaftMessage message) => _room[_count++] = message;
}
