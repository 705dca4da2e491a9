using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Vrrp;

internal enum VrrpRole : byte
{
    /// <summary>There is no process.</summary>
    Off,

    /// <summary>It has said that it stops, and has not ended.</summary>
    Stopped,

    /// <summary>It waits for the first result of its script.</summary>
    Init,

    Backup,
    Master,

    /// <summary>Its script fails.</summary>
    Fault,
}

/// <summary>One instance. Instants in nanoseconds.</summary>
internal struct InstanceState
{
    public VrrpRole Role;

    /// <summary>The address is on its interface.</summary>
    public bool HasAddress;

    /// <summary>A backup whose timer was last set by an advertisement of its master, and will be by all others like it.</summary>
    public bool IsSettled;

    /// <summary>It was asked to stop while it hung.</summary>
    public bool MustStop;

    /// <summary>It has heard of a lower master, and lets it be until <see cref="PreemptAt"/>.</summary>
    public bool Spares;

    public long PreemptAt;

    /// <summary>Master: its next advertisement; backup: when it takes over.</summary>
    public long Due;

    /// <summary>When a master sent its last advertisement.</summary>
    public long SentAt;

    /// <summary>While the group is quiet: a master's first advertisement that is no event.</summary>
    public long RestsFrom;

    /// <summary>While the group is quiet: it runs, and its advertisements leave the machine.</summary>
    public bool Ran, Sent;

    /// <summary>Whose advertisement a backup accepted last, and what it said.</summary>
    public int Under, UnderPriority;

    public ScriptState Script;
}

/// <summary>The script of one instance.</summary>
internal struct ScriptState
{
    public bool IsRunning, IsDisturbed, IsQuiet, IsFirst;

    /// <summary>As with health checks: <c>rise + fall − 1</c> at best, 0 at worst, up from <c>rise</c> on.</summary>
    public int Health;

    public long Start, Length, Due;
}

/// <summary>What the instances share.</summary>
internal struct GroupState
{
    /// <summary>Advertisements are no events: all of them arrive and change nothing.</summary>
    public bool IsQuiet;

    /// <summary>Who announced the address last.</summary>
    public int Announcer;

    /// <summary>What disturbed the group.</summary>
    public Cause Cause;
}
