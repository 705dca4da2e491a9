using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.LoadBalancing;

internal enum CheckStep : byte
{
    /// <summary>Until the next check.</summary>
    Idle,

    /// <summary>The connection is being made.</summary>
    Connecting,

    /// <summary>No answer to the connection: it will time out.</summary>
    Lost,

    /// <summary>The question and its answer are on their way.</summary>
    Answering,

    /// <summary>The answer is late.</summary>
    Waiting,

    /// <summary>The prober is dead, or has not been told of the backend.</summary>
    Off,
}

/// <summary>One balancer's checks of one backend. Instants in nanoseconds.</summary>
internal struct CheckState
{
    public CheckStep Step;

    /// <summary>Something has changed since the check began.</summary>
    public bool IsDisturbed;

    /// <summary>Every check is like the last one, and none of them is an event.</summary>
    public bool IsQuiet;

    /// <summary>While quiet: what every check meets.</summary>
    public Sight Seen;

    public int Health;

    /// <summary>How often the balancer has been told of the backend, where backends come and go.</summary>
    public int Listings;

    /// <summary>When the last check began.</summary>
    public long Start;

    /// <summary>How long it took.</summary>
    public long Length;

    /// <summary>When the present step ends; while quiet, when the check after the last one begins.</summary>
    public long Due;

    /// <summary>Since when the backend has been working on a bad answer; −1: it is not.</summary>
    public long NotReadySince;

    /// <summary>What is behind the failures.</summary>
    public Cause Cause;
}
