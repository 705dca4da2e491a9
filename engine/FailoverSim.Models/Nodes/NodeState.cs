using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Nodes;

/// <summary>A node's heartbeats, and what the node-lifecycle controller holds about it. Instants in nanoseconds.</summary>
internal struct NodeState
{
    /// <summary>When its kubelet was last heard of, as far as that has been worked out.</summary>
    public long RenewedAt;

    /// <summary>When the next renewal is written, unless something keeps it from.</summary>
    public long NextAt;

    /// <summary>Number of that renewal.</summary>
    public long Tick;

    /// <summary>How often its kubelet has had to say anew whether it is ready.</summary>
    public long Posts;

    /// <summary>Where every pass is simulated: the last renewal that one has seen, and when.</summary>
    public long Seen;
    public long Probe;

    /// <summary>Why it fell silent, or said that it is not ready.</summary>
    public Cause Trouble;

    /// <summary>Neighbours in the queue of nodes to be tainted, counted from 1; 0: none.</summary>
    public int Next;
    public int Previous;
    public bool IsQueued;

    /// <summary>Renewals go through.</summary>
    public bool Beats;

    /// <summary>Its machine or kubelet has been down since it was last heard of: what comes back does not wait for a tick of old loops.</summary>
    public bool Restarted;
}

/// <summary>What the node-lifecycle controller holds about a zone.</summary>
internal struct ZoneState
{
    /// <summary>Node objects.</summary>
    public int Nodes;
    public int NotReady;
    public Disruption Disruption;

    /// <summary>Taints per second; 0: never.</summary>
    public double Rate;

    /// <summary>From this instant on one node may be tainted; the bucket holds one token.</summary>
    public long TokenAt;

    /// <summary>Ends of the queue of nodes to be tainted, counted from 1; 0: empty.</summary>
    public int First;
    public int Last;
}

/// <summary>How many of a zone's nodes are not ready.</summary>
internal enum Disruption : byte
{
    /// <summary>No pass has counted them.</summary>
    Unknown,
    Normal,
    Partial,
    Full,
}

/// <summary>The controller-manager that acts.</summary>
internal struct Reign
{
    public bool Acts;

    /// <summary>It has begun, and its first pass, at once, is still to come.</summary>
    public bool IsNew;

    /// <summary>Instant of one of its passes.</summary>
    public long Phase;

    /// <summary>No node counts as silent from before this pass.</summary>
    public long Floor;
}
