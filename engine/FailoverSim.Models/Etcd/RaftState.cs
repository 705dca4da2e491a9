namespace FailoverSim.Models.Etcd;

/// <summary>What a member is at present.</summary>
internal enum RaftRole : byte
{
    Follower,
    PreCandidate,
    Candidate,
    Leader,
}

/// <summary>
/// One member's Raft state. Ticks are counters: instead of how many have elapsed it keeps the number of the tick at which
/// the count last began, so a tick that changes nothing need not happen.
/// </summary>
internal struct RaftState
{
    public RaftRole Role;

    /// <summary>A snapshot is being copied or the data is gone: it does not campaign.</summary>
    public bool CannotCampaign;

    /// <summary>Its data is gone: whatever the leader has kept, it needs a snapshot.</summary>
    public bool IsEmpty;

    /// <summary>An entry of this leader's own term has been committed.</summary>
    public bool HasCommitted;

    /// <summary>The leader that it knows; −1: none.</summary>
    public int Lead;

    /// <summary>Whom it has voted for in its term; −1: nobody.</summary>
    public int Vote;

    /// <summary>To whom a leader hands over; −1: to nobody.</summary>
    public int Transferee;

    /// <summary>Votes received, one bit per member.</summary>
    public int Granted;
    public int Refused;

    /// <summary>Whose disks hold the leader's whole log, one bit per member (its own included).</summary>
    public int Acked;

    /// <summary>Who has answered the leader since its last check of the quorum.</summary>
    public int Recent;

    /// <summary>Randomised election timeout in ticks, in [E, 2E − 1].</summary>
    public int RandomTimeout;

    public long Term;
    public long LogTerm;
    public long LogIndex;

    /// <summary>The tick at which the count towards an election, or towards the leader's next check, began.</summary>
    public long CountedFrom;

    public readonly bool HasAckOf(int member) => (Acked & (1 << member)) != 0;
}

/// <summary>What all members agree on.</summary>
/// <param name="Members">Voters.</param>
/// <param name="ElectionTicks">E: election timeout in ticks.</param>
/// <param name="PreVote">Whether a candidacy is tried out before the term is raised.</param>
internal readonly record struct RaftRules(int Members, int ElectionTicks, bool PreVote)
{
    public int Quorum => (Members / 2) + 1;
}
