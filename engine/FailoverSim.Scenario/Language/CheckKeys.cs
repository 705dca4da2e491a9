using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary>Active health checks, wherever a balancer makes them.</summary>
internal static class CheckKeys
{
    public static readonly Key<string> Path = new("path", new WordKind("/readyz", "/healthz", "/livez", "tcp"),
        "What is asked of a backend.");

    public static readonly Key<SimDuration> Interval = new("interval", new DurationKind("2s"),
        "From one check to the next.");

    public static readonly Key<SimDuration> FastInterval = new("fastinter", new DurationKind("1s"),
        "The same while a backend goes up or down.");

    public static readonly Key<SimDuration> DownInterval = new("downinter", new DurationKind("2s"),
        "The same while it is down.");

    public static readonly Key<SimDuration> Timeout = new("timeout", new DurationKind("2s"),
        "How long an answer may take.");

    public static readonly Key<decimal> Fall = new("fall", new CountKind(1, 1_000), "Failures in a row until it is down.");

    public static readonly Key<decimal> Rise = new("rise", new CountKind(1, 1_000), "Successes in a row until it is up.");

    public static readonly MappingShape Shape = new([Path, Interval, FastInterval, DownInterval, Timeout, Fall, Rise]);
}
