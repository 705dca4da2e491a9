using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Leases;

internal enum Role : byte
{
    /// <summary>Its process does not exist.</summary>
    Down,

    /// <summary>It polls the lease.</summary>
    Seeking,

    /// <summary>It renews the lease and believes that it holds it.</summary>
    Leading,

    /// <summary>It empties the record before it ends.</summary>
    Releasing,

    /// <summary>Its process is about to end.</summary>
    Ended,
}

/// <summary>What a candidate's timer stands for.</summary>
internal enum Phase : byte
{
    None,

    /// <summary>Until the next poll, renewal round or retry.</summary>
    Pause,

    /// <summary>A read is on its way to the server.</summary>
    Asked,

    /// <summary>A request will be answered.</summary>
    Answering,

    /// <summary>A request waits for the API to commit; the timer is the client's patience.</summary>
    Waiting,

    /// <summary>A request will be answered too late; the timer is the client's patience.</summary>
    Late,

    /// <summary>A request is over, but its process hangs and has not noticed.</summary>
    Unnoticed,
}

internal enum Call : byte
{
    None,

    /// <summary>The fast path: an update without a read, by a candidate that holds a valid lease.</summary>
    Renew,

    Get,

    /// <summary>A create or an update after a read.</summary>
    Take,

    ReleaseGet,
    Release,
}

/// <summary>What one holder of a record wrote, as the server keeps it or a client saw it.</summary>
internal struct LeaseRecord
{
    /// <summary>Counts writes (resourceVersion); 0: there is no lease.</summary>
    public long Revision;

    /// <summary>Identity of the holder; 0: released.</summary>
    public long Holder;

    /// <summary>Lease duration, nanoseconds.</summary>
    public long Lasts;
}

/// <summary>One candidate. Instants and durations are nanoseconds; instants before t = 0 are negative.</summary>
internal struct Candidate
{
    public Role Role;
    public Phase Phase;
    public Call Call;

    /// <summary>Nothing is armed: where its loop stands is worked out when something asks.</summary>
    public bool Asleep;

    /// <summary>Its timer went off while its process hung.</summary>
    public bool Overslept;

    /// <summary>How the request that it has not noticed ended.</summary>
    public bool Succeeded;

    /// <summary>It has hung since it began to lead: the clocks keep nothing apart any more.</summary>
    public bool Paused;

    /// <summary>Asleep, with a read in flight that has reached the server: <see cref="Seen"/> tells what it found.</summary>
    public bool Looked;

    /// <summary>A leader that has filled its caches.</summary>
    public bool Synced;

    /// <summary>Followers were told that it holds, and not yet that it does not.</summary>
    public bool Claims;

    /// <summary>It must stop cleanly as soon as it runs again.</summary>
    public bool StopAsked;

    /// <summary>It releases because it was asked to stop, not because it gave up.</summary>
    public bool Obeys;

    /// <summary>A renewal round is under way.</summary>
    public bool InRound;

    /// <summary>Starts of its process.</summary>
    public long Incarnation;

    /// <summary>Attempts (polls and renewals) ever begun: the address of their draws.</summary>
    public long Attempt;

    public long AttemptAt;
    public long CallAt;

    /// <summary>When the request in flight is answered.</summary>
    public long CallEnds;

    /// <summary>When its client gives up the request in flight.</summary>
    public long GivesUpAt;

    /// <summary>In <see cref="Phase.Pause"/>: when that ends.</summary>
    public long NextAt;

    /// <summary>Start of the renewal round or of the release; either lasts for the renew deadline at most.</summary>
    public long RoundAt;

    /// <summary>Ticks of the round's ticker that are past.</summary>
    public long Ticks;

    /// <summary>The last record observed, and when it was first seen on the own clock.</summary>
    public LeaseRecord Observed;

    public long ObservedAt;

    /// <summary>What the read in flight has found on the server.</summary>
    public LeaseRecord Seen;

    /// <summary>What its loop has met since it last went well.</summary>
    public Cause Trouble;
}
