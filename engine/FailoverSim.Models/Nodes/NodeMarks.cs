namespace FailoverSim.Models.Nodes;

/// <summary>What the API server says of a node.</summary>
[Flags]
public enum NodeMarks : ushort
{
    None = 0,

    /// <summary>A Node object exists.</summary>
    Registered = 1,

    /// <summary>Its Ready condition is not True: its pods are marked not ready, and it bears the not-ready or unreachable NoSchedule taint.</summary>
    NotReady = 2,

    /// <summary>It bears the NoExecute taint for that.</summary>
    NoExecute = 4,

    /// <summary>Marked unschedulable by whoever drains it.</summary>
    Cordoned = 8,

    /// <summary>The cloud-controller-manager has not yet taken the <c>uninitialized</c> taint off.</summary>
    Uninitialized = 16,

    /// <summary>It bears <c>node.kubernetes.io/out-of-service</c>: somebody vouches that nothing runs there.</summary>
    OutOfService = 32,

    /// <summary>With <see cref="NotReady"/>: Ready is False, as its kubelet says, and not Unknown.</summary>
    SaysNotReady = 64,

    /// <summary>With <see cref="NoExecute"/>: the taint is <c>not-ready</c>, not <c>unreachable</c>.</summary>
    NotReadyTaint = 128,

    /// <summary>There is no route to its pods yet: it bears <c>node.kubernetes.io/network-unavailable</c>.</summary>
    NetworkUnavailable = 256,
}
