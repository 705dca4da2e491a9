namespace FailoverSim.Models.Etcd;

/// <summary>Kinds of Raft messages, as in etcd-io/raft's <c>raftpb.MessageType</c>.</summary>
internal enum RaftKind : byte
{
    PreVote,
    PreVoteResponse,
    Vote,
    VoteResponse,
    Heartbeat,
    HeartbeatResponse,
    Append,
    AppendResponse,
    TimeoutNow,
}

/// <summary>A message of one member to another, or to itself once something has been written to its disk.</summary>
internal struct RaftMessage
{
    public RaftKind Kind;
    public byte To;
    public byte From;

    /// <summary>A refusal, of a vote or of what a leader of an older term sent.</summary>
    public bool Reject;

    /// <summary>A vote asked for on the order of the leader: the lease of the voters does not count.</summary>
    public bool IsTransfer;

    public long Term;

    /// <summary>Term and index of the sender's last entry.</summary>
    public long LogTerm;
    public long LogIndex;

    /// <summary>The first entry that the leader still keeps: a log that ends before the one before it needs a snapshot.</summary>
    public long FirstKept;

    /// <summary>Number of a heartbeat, by which the draws of its way and of the answer's are addressed.</summary>
    public long Number;

    /// <summary>When the sender decided to send it, and when it left (after what it depends on was on disk), in nanoseconds.</summary>
    public long Created;
    public long Departs;
}
