using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>haproxy</c>, <c>nginx</c> and <c>cloud-lb</c>.</summary>
internal static class BalancerKeys
{
    public static readonly Key<string> Backend = new("backend", new WordKind("apiserver"), "The component behind it.");

    public static readonly Key Check = new("check", CheckKeys.Shape, "Its health checks.");

    public static readonly Key<LawValue> Start = new("start", new LawKind("100ms..1s"),
        "From the start of the process until it listens.");

    public static readonly Key<string> OnMarkedDown = new("on-marked-down", new WordKind("none", "shutdown-sessions"),
        "What becomes of the connections to a backend that goes down.");

    public static readonly Key<bool> Redispatch = new("redispatch", new BooleanKind(),
        "Whether a connection that fails is tried at another backend.");

    public static readonly Key<decimal> Retries = new("retries", new CountKind(0, 100), "Tries after the first.");

    public static readonly Key<SimDuration> TimeoutConnect = new("timeout-connect", new DurationKind("5s"),
        "How long a connection to a backend may take.");

    public static readonly MappingShape Haproxy = new(
        [Backend, Check, OnMarkedDown, Redispatch, Retries, TimeoutConnect, Start]);

    public static readonly Key<decimal> MaxFails = new("max-fails", new CountKind(1, 1_000),
        "Failures within 'fail-timeout' until a backend is left out.");

    public static readonly Key<SimDuration> FailTimeout = new("fail-timeout", new DurationKind("10s"),
        "How long it is left out.");

    public static readonly Key<SimDuration> ProxyConnectTimeout = new("proxy-connect-timeout", new DurationKind("60s"),
        "How long a connection to a backend may take.");

    public static readonly MappingShape Nginx = new([Backend, MaxFails, FailTimeout, ProxyConnectTimeout, Start]);

    public static readonly Key<decimal> Probers = new("probers", new CountKind(1, 100), "How many places check.");

    public static readonly Key<LawValue> Propagation = new("propagation", new LawKind("1s..10s"),
        "From a finding until all nodes of the balancer act on it.");

    public static readonly Key<bool> FailOpen = new("fail-open", new BooleanKind(),
        "Whether traffic goes to all backends when none is healthy.");

    public static readonly MappingShape CloudLb = new([Backend, Check, Probers, Propagation, FailOpen]);
}
