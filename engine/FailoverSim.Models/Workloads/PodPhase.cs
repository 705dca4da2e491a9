namespace FailoverSim.Models.Workloads;

/// <summary>Where the pod of a place stands.</summary>
internal enum PodPhase : byte
{
    /// <summary>Its container answers its probes.</summary>
    Ready,

    /// <summary>There is no pod: its controller has not made one, or may not yet because its predecessor is not gone for certain.</summary>
    Missing,

    /// <summary>It waits for a node.</summary>
    Pending,

    /// <summary>It is bound to a node whose kubelet has not heard of it.</summary>
    Bound,

    /// <summary>Its volume is detached elsewhere and attached here.</summary>
    Attaching,

    /// <summary>Its network is set up and its image pulled.</summary>
    SettingUp,

    /// <summary>Its container and application start.</summary>
    Starting,

    /// <summary>Its application runs and has not passed its readiness probe.</summary>
    Started,

    /// <summary>Its container has ended and is not restarted while a fault holds it.</summary>
    Dead,

    /// <summary>Its container has ended and is restarted after a back-off.</summary>
    BackingOff,

    /// <summary>Its application hangs, and no probe has failed often enough.</summary>
    Hanging,

    /// <summary>Its application hangs, and its readiness probe has failed often enough.</summary>
    Failing,

    /// <summary>Its liveness probe has failed often enough: the container has its grace period to end.</summary>
    Killed,

    /// <summary>Its machine has lost power: its container is gone, and nobody has started it again.</summary>
    Stranded,
}
