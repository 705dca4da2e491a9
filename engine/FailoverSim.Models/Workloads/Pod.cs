using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Workloads;

/// <summary>The place of one pod: what it holds now, and what must be remembered from one incarnation to the next.</summary>
/// <remarks>64 bytes; all zeroes: ready, reported, published and healthy.</remarks>
internal struct Pod
{
    /// <summary>What made it worse when it served last.</summary>
    public Cause Cause;

    /// <summary>
    /// An instant that its phase reckons with, nanoseconds. Until its volume is attached: when that was asked back from where it
    /// is. Setting up: when the pull of its image failed. Hanging: when its liveness probe will have failed often enough.
    /// </summary>
    public long Mark;

    /// <summary>When its container was last restarted with back-off, nanoseconds.</summary>
    public long RestartedAt;

    /// <summary>Node that it is bound to plus 1; 0: none.</summary>
    public int NodePlusOne;

    /// <summary>Node that its volume is attached to plus 1; 0: none.</summary>
    public int VolumePlusOne;

    /// <summary>Numbers of draws so far.</summary>
    public int Incarnations;

    public int Starts;
    public int Changes;
    public Shown Shown;

    /// <summary>Zone of its volume plus 1; 0: anywhere.</summary>
    public short ZonePlusOne;

    /// <summary>Restarts with back-off in a row.</summary>
    public byte Restarts;

    public PodPhase Phase;

    /// <summary>The API server has been told by the kubelet that it is not ready; it is at first.</summary>
    public bool NotReported;

    /// <summary>It is not in the rules of the nodes; it is at first.</summary>
    public bool NotPublished;

    /// <summary>Requests that reach it are not answered.</summary>
    public bool Mute;

    /// <summary>It is not counted as healthy by its budget.</summary>
    public bool NotHealthy;

    /// <summary>Attaching: its volume is free and on its way. Setting up: it waits for the registry or the network agent, or for its next try.</summary>
    public bool Held;

    /// <summary>Its image is on its node.</summary>
    public bool Pulled;

    public readonly int Node => NodePlusOne - 1;

    public readonly bool Serves => !NotPublished && !Mute;
}
