using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>run</c>: how long, how often and how precisely to simulate.</summary>
internal static class RunKeys
{
    public const decimal MostReplications = 1_000_000_000;

    public static readonly Key<SimDuration> Horizon = new("horizon", new DurationKind("5y"),
        "Observed time of each replication.")
    {
        Default = "10y",
    };

    public static readonly Key<SimDuration> WarmUp = new("warm-up", new DurationKind("1y", allowZero: true),
        "Simulated time before the observed one.")
    {
        Default = "0s",
    };

    public static readonly Key<decimal> Replications = new("replications", new CountKind(1, MostReplications),
        "A fixed number of replications.")
    {
        Default = "1000",
        DefaultUnless = "stop-when",
    };

    public static readonly Key<StopWhenText> StopWhen = new("stop-when", new StopWhenKind(),
        "The precision at which to stop.");

    public static readonly Key<decimal> GiveUpReplications = new("replications", new CountKind(1, MostReplications),
        "The most replications.")
    {
        Default = "1M",
    };

    public static readonly Key<SimDuration> GiveUpWallClock = new("wall-clock", new DurationKind("20m"),
        "The longest time by the clock on the wall.");

    public static readonly Key GiveUpAfter = new("give-up-after",
        new MappingShape([GiveUpReplications, GiveUpWallClock]),
        "When to stop without the precision asked for.")
    {
        Default = "{}",
    };

    public static readonly Key<decimal> Seed = new("seed", new CountKind(0, ulong.MaxValue),
        "From which all randomness follows.")
    {
        Default = "1",
    };

    public static readonly Key<DateTime> Start = new("start", new InstantKind(),
        "The calendar instant of t = 0, UTC.")
    {
        Default = "2024-01-01",
    };

    public static readonly Key<string> RareEvents = new("rare-events", new WordKind("auto", "off"),
        "Whether an accelerated estimator may be chosen where one is valid.")
    {
        Default = "auto",
    };

    public static readonly Key<string> Fidelity = new("fidelity", new WordKind("elided", "exhaustive"),
        "Whether heartbeats and probes that change nothing are skipped, and failures left unordered that no service tells apart; both have the same law.")
    {
        Default = "elided",
    };

    public static readonly MappingShape Run = new(
        [Horizon, WarmUp, Replications, StopWhen, GiveUpAfter, Seed, Start, RareEvents, Fidelity]);
}
