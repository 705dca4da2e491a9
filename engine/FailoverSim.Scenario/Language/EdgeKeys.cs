using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>clients</c> and <c>kubelet</c>.</summary>
internal static class EdgeKeys
{
    public static readonly Key<string> Connections = new("connections", new WordKind("long-lived", "per-request"),
        "Whether a client keeps its connection.");

    public static readonly Key<Backoff> Reconnect = new("reconnect", new BackoffKind(),
        "Waits between tries to connect again.");

    public static readonly Key<SimDuration> PingAfter = new("http2-read-idle-timeout", new DurationKind("30s"),
        "Time without frames after which a connection is pinged.");

    public static readonly Key<SimDuration> PingTimeout = new("http2-ping-timeout", new DurationKind("15s"),
        "Time without answer after which it is closed.");

    public static readonly MappingShape Clients = new([Connections, Reconnect, PingAfter, PingTimeout]);

    public static readonly Key<SimDuration> BackoffFirst = new("first", new DurationKind("10s"),
        "Delay of the second restart in a row; it doubles.");

    public static readonly Key<SimDuration> BackoffMax = new("max", new DurationKind("5m"), "Greatest delay.");

    public static readonly Key<SimDuration> BackoffReset = new("reset", new DurationKind("10m"),
        "A process that ran so long starts over.");

    public static readonly Key CrashLoop = new("crash-loop-back-off",
        new MappingShape([BackoffFirst, BackoffMax, BackoffReset]), "Delays of restarts in a row.");

    public static readonly Key<LawValue> Restart = new("restart", new LawKind("500ms..2s"),
        "From an exit to the start of the process, without back-off.");

    public static readonly Key<SimDuration> Period = new("period", new DurationKind("10s"), "From one probe to the next.");
    public static readonly Key<SimDuration> Timeout = new("timeout", new DurationKind("15s"), "How long an answer may take.");

    public static readonly Key<decimal> Failures = new("failure-threshold", new CountKind(1, 1_000),
        "Failures in a row until the process is restarted.");

    public static readonly Key<SimDuration> InitialDelay = new("initial-delay", new DurationKind("10s", allowZero: true),
        "From the start of the process to the first probe.");

    public static readonly Key Liveness = new("liveness",
        new EitherShape(new WordKind("none"), new MappingShape([Period, Timeout, Failures, InitialDelay])),
        "The liveness probe of the control plane's processes, or none.");

    public static readonly MappingShape Kubelet = new([CrashLoop, Restart, Liveness, NodeKeys.KubeletStart, NodeKeys.LeaseDuration, NodeKeys.Sandbox]);
}
