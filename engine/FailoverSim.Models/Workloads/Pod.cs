using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Workloads;

/// <summary>The place of one pod: what it holds now, and what must be remembered from one incarnation to the next.</summary>
internal struct Pod
{
    /// <summary>Node that it is bound to plus 1; 0: none.</summary>
    public int NodePlusOne;

    /// <summary>Neighbours in the list of its node, plus 1.</summary>
    public int NextPlusOne;

    public int PreviousPlusOne;

    /// <summary>Node that its volume is attached to plus 1; 0: none.</summary>
    public int VolumePlusOne;

    /// <summary>Zone of its volume plus 1; 0: anywhere.</summary>
    public int ZonePlusOne;

    /// <summary>When its predecessor's volume was asked back, nanoseconds.</summary>
    public long DetachAskedAt;

    /// <summary>When its container last ended by itself, nanoseconds, and the back-off before its next restart.</summary>
    public long EndedAt;

    public long Backoff;

    /// <summary>When its liveness probe will have failed often enough, nanoseconds.</summary>
    public long KillAt;

    /// <summary>When the first pull of its image failed, nanoseconds.</summary>
    public long PullFailedAt;

    /// <summary>Why it is not as it should be.</summary>
    public Cause Cause;

    /// <summary>Numbers of draws so far.</summary>
    public int Incarnations;

    public int Starts;
    public int Changes;
    public int Hangs;
    public Shown Shown;
    public PodPhase Phase;

    /// <summary>The API server has been told by the kubelet that it is not ready; it is at first.</summary>
    public bool NotReported;

    /// <summary>It is not in the rules of the nodes; it is at first.</summary>
    public bool NotPublished;

    /// <summary>Requests that reach it are not answered.</summary>
    public bool Mute;

    /// <summary>It is not counted as healthy by its budget.</summary>
    public bool NotHealthy;

    /// <summary>Its pull waits for the registry, or its sandbox for the network agent.</summary>
    public bool Held;

    public readonly int Node => NodePlusOne - 1;
}
