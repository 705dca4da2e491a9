using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Networking;

/// <summary>How packets between pods find the node of the other one.</summary>
public enum RoutesBy
{
    /// <summary>Calico's BIRD tells its peers by BGP; what it does not confirm is forgotten.</summary>
    Bgp,

    /// <summary>
    /// Each node's agent reads the Node objects from the API (Calico with VXLAN or IPIP alone; Flannel's kube subnet manager
    /// with VXLAN or host-gw, which knows no lease): routes stay until the Node object goes, whatever becomes of the node.
    /// </summary>
    NodeObjects,

    /// <summary>The cloud's own table of routes, which the cloud-controller-manager keeps.</summary>
    Cloud,
}

/// <summary>The network agent of the nodes, calico-node or flanneld.</summary>
/// <param name="Routes">Where routes come from.</param>
/// <param name="HoldTime">BGP: peers forget a node that they have not heard for so long (BIRD 240 s).</param>
/// <param name="KeepaliveTime">BGP: a node is heard at least so often (BIRD: a third of the hold time).</param>
/// <param name="RestartTime">
/// BGP graceful restart: after a session has been closed without a NOTIFICATION, as by a crash of the agent, peers keep its routes for
/// so long (RFC 4724 §4.2; Calico 120 s).
/// </param>
/// <param name="ConnectRetry">BGP: peers that do not reach each other try again so often (Calico's BIRD template 5 s).</param>
public sealed record CniOptions(
    RoutesBy Routes, SimDuration HoldTime, SimDuration KeepaliveTime, SimDuration RestartTime, SimDuration ConnectRetry)
{
    /// <summary>BGP: from the start of the agent to its first attempt to connect (Calico's BIRD template, <c>connect delay time</c>).</summary>
    public SimDuration ConnectDelay { get; init; } = SimDuration.FromSeconds(2);

    /// <summary>
    /// BGP: timers are shortened at random by up to this share. RFC 4271 §10 asks for it in keepalives and retries; BIRD 1.6 does it to the
    /// hold time too (proto/bgp/bgp.c, bgp_start_timer): 180 to 240 s.
    /// </summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>
    /// BGP: whether peers begin the restart time when the hold time has passed. BIRD sends a NOTIFICATION then and forgets the routes; those
    /// with RFC 8538 or long-lived graceful restart keep them.
    /// </summary>
    public bool RestartsAfterHold { get; init; }
}

/// <summary>kube-proxy.</summary>
/// <param name="MinSyncPeriod">Least time between two changes of the rules (<c>--iptables-min-sync-period</c>, 1 s); a lone change is not delayed.</param>
public sealed record KubeProxyOptions(SimDuration MinSyncPeriod);
