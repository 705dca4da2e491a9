namespace FailoverSim.Models.Etcd;

/// <summary>How far a member's process has come.</summary>
internal enum MemberLife : byte
{
    Dead,

    /// <summary>It reads its snapshot and log.</summary>
    Starting,
    Running,
}

/// <summary>One member: its Raft state and what carries it out.</summary>
internal struct EtcdMember
{
    public RaftState Raft;

    public MemberLife Life;

    /// <summary>The process hangs.</summary>
    public bool IsHung;

    /// <summary>It waits for a disk that does not answer.</summary>
    public bool IsStuck;

    /// <summary>What it was about to handle when it got stuck.</summary>
    public bool HasInHand;
    public RaftMessage InHand;

    /// <summary>A snapshot is on its way to it.</summary>
    public bool IsCopying;

    /// <summary>It has been asked to stop and hands over its leadership.</summary>
    public bool IsStopping;

    /// <summary>Nobody can hear it and it campaigns at a constant period, which is worked out when needed.</summary>
    public bool IsAlone;

    /// <summary>What it shows to its clients.</summary>
    public bool IsServing;

    /// <summary>Looks for peers so far, before it shortens its first wait for a leader.</summary>
    public int Polls;

    /// <summary>The n-th tick is n heartbeat intervals after this instant.</summary>
    public long TickerStart;

    /// <summary>When its timer for ticks is due; 0: not armed.</summary>
    public long TickDue;

    public long FrozenAt;
    public long StopUntil;

    /// <summary>When the disk has taken all that was written.</summary>
    public long SavedAt;

    /// <summary>When its process last died; −1: never.</summary>
    public long DiedAt;

    /// <summary>Draws made so far, by what they are for.</summary>
    public long Starts;
    public long Timeouts;
    public long Fsyncs;
    public long Meets;

    /// <summary>Whether it takes part: its clock ticks and it handles messages.</summary>
    public readonly bool IsActive => Life == MemberLife.Running && !IsFrozen;

    /// <summary>Its clock stands still and messages wait at its door.</summary>
    public readonly bool IsFrozen => IsHung || IsStuck;

    public readonly bool IsLeader => Life == MemberLife.Running && Raft.Role == RaftRole.Leader;
}

/// <summary>What a leader and one follower share, by leader × members + follower.</summary>
internal struct EtcdPair
{
    /// <summary>Heartbeats from <see cref="QuietFrom"/> on are no events: what they would have done is worked out when needed.</summary>
    public bool IsQuiet;

    /// <summary>The answers arrive, too.</summary>
    public bool IsAnswered;

    /// <summary>Tick of the leader.</summary>
    public long QuietFrom;

    /// <summary>When the first answer to them arrives, in nanoseconds: a check of the quorum before that may fail.</summary>
    public long FirstAnswer;

    /// <summary>Since when both processes run and reach each other; −1: they do not.</summary>
    public long ConnectedSince;
}

/// <summary>What the whole cluster shares.</summary>
internal struct EtcdTotals
{
    public EtcdCounters Counters;
    public bool IsLed;
    public bool IsCommitting;

    /// <summary>Somebody has campaigned since the cluster was led.</summary>
    public bool HasCampaigned;

    /// <summary>The leader whose log grows with the writes of clients; −1: none.</summary>
    public int Writer;
    public long WriterSince;
    public long WriterBase;

    public RaftWatch Watch;

    /// <summary>The member elected last, plus 1, until it dies or is asked to stop: whoever replaces it before that was not needed.</summary>
    public int Unbroken;

    public long HighestTerm;
}
