using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>keepalived</c>: an address by VRRP.</summary>
internal static class KeepalivedKeys
{
    public static readonly Key<SimDuration> Advert = new("advert", new DurationKind("1s"),
        "From one advert of the master to the next.");

    public static readonly Key<string> Version = new("version", new WordKind("2", "3"), "Version of VRRP.");

    public static readonly Key Priority = new("priority", new MapShape("zone", new CountKind(1, 254)),
        "Priority of the instances by zone or by machine; without, the first has 101 and the others 100.");

    public static readonly Key<SimDuration> PreemptDelay = new("delay", new DurationKind("30s", allowZero: true),
        "How long an instance of higher priority waits before it takes over.");

    public static readonly Key Preempt = new("preempt",
        new EitherShape(new BooleanKind(), new MappingShape([PreemptDelay])),
        "Whether an instance of higher priority takes over when it returns, and after which delay.");

    public static readonly Key<string> Script = new("script", new WordKind("haproxy-alive", "apiserver-health"),
        "What it asks: whether the balancer's process exists, or whether its port answers a health check.")
    {
        Required = true,
    };

    public static readonly Key<SimDuration> Interval = new("interval", new DurationKind("2s"), "Period of the script.");
    public static readonly Key<SimDuration> Timeout = new("timeout", new DurationKind("2s"), "Time that one run may take.");
    public static readonly Key<decimal> Fall = new("fall", new CountKind(1, 1_000), "Failures in a row until it counts as failed.");
    public static readonly Key<decimal> Rise = new("rise", new CountKind(1, 1_000), "Successes in a row until it counts as good.");

    public static readonly Key<int> Weight = new("weight", new WeightKind(),
        "Added to the priority, while it fails where negative; 0 makes a failure a fault of the instance.");

    public static readonly Key Track = new("track", new MappingShape([Script, Interval, Timeout, Fall, Rise, Weight]),
        "A script whose failure moves the address; without, nothing is tracked.");

    public static readonly Key<LawValue> ArpTakeover = new("arp-takeover", new LawKind("10ms..500ms"),
        "From the announcement until the traffic arrives.");

    public static readonly Key<LawValue> Start = new("start", new LawKind("100ms..1s"),
        "From the start of the process until it listens.");

    public static readonly MappingShape Keepalived = new(
        [Advert, Version, Priority, Preempt, Track, ArpTakeover, Start]);
}
