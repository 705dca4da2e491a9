using FailoverSim.Kernel.Time;

namespace FailoverSim.Scenario.Specification;

/// <summary>A scenario with every value typed and every default filled in; lists keep the order of the file.</summary>
public sealed record ScenarioSpec
{
    public required string Name { get; init; }
    public string? Title { get; init; }
    public IReadOnlyList<UnitSpec> Units { get; init; } = [];
    public IReadOnlyList<CrewSpec> Crews { get; init; } = [];
    public IReadOnlyList<SpareSpec> Spares { get; init; } = [];
    public InspectionSpec? Inspection { get; init; }
    public IReadOnlyList<CommonCauseSpec> CommonCauses { get; init; } = [];

    /// <summary>Null where the file has no nodes.</summary>
    public ClusterSpec? Cluster { get; init; }
    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];
    public IReadOnlyList<SloSpec> Slos { get; init; } = [];
    public required RunSpec Run { get; init; }

    /// <summary>Artefacts beyond the tables and the manifest, such as <c>report.html</c>.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}

/// <summary>What is measured: up while the expression holds, or while what the probe asks is answered, or a figure over others. One of the three.</summary>
public sealed record ServiceSpec(string Name, UpWhen? UpWhen, ProbeSpec? Probe = null, AggregateSpec? Aggregate = null);

/// <summary>What is required of a service.</summary>
public abstract record SloSpec(string Name, string Service, SimDuration Window, Requirement Require);

/// <summary>A window is met if its availability is at least the objective.</summary>
/// <param name="Name">Of the SLO.</param>
/// <param name="Service">Of which it is required.</param>
/// <param name="Window">Length of a window; of calendar months the mean one.</param>
/// <param name="Objective">Least availability.</param>
/// <param name="Require">The limit on the share of windows met.</param>
public sealed record WindowSlo(string Name, string Service, SimDuration Window, double Objective, Requirement Require)
    : SloSpec(Name, Service, Window, Require)
{
    /// <summary>Whether a window trails every instant, in place of tiles.</summary>
    public bool Rolls { get; init; }

    /// <summary>The zone whose calendar months are the windows, in place of tiles; null if they have a length.</summary>
    public TimeZoneInfo? Months { get; init; }

    /// <summary>A twelfth of 365 days.</summary>
    public static SimDuration MeanMonth => new(SimDuration.NanosecondsPerYear / 12);
}

/// <summary>Counts windows in which an outage longer than a limit starts: <c>P(any outage &gt; 30m in 1y) &lt;=
/// 2%</c>.</summary>
public sealed record OutageSlo(string Name, string Service, SimDuration Window, SimDuration LongerThan,
    Requirement Require)
    : SloSpec(Name, Service, Window, Require);

/// <summary>A limit on a probability: at least, or at most.</summary>
public sealed record Requirement(bool AtLeast, double Probability);

/// <summary>How long, how often and how precisely to simulate.</summary>
public sealed record RunSpec
{
    public required SimDuration Horizon { get; init; }
    public SimDuration WarmUp { get; init; } = SimDuration.Zero;

    /// <summary>A fixed number of replications; null with <see cref="StopWhen"/>.</summary>
    public long? Replications { get; init; }

    /// <summary>Precision asked for; null with a fixed number.</summary>
    public StopWhenSpec? StopWhen { get; init; }

    public long GiveUpAfterReplications { get; init; } = 1_000_000;
    public TimeSpan? GiveUpAfterWallClock { get; init; }
    public ulong Seed { get; init; } = 1;

    /// <summary>The calendar instant of t = 0, UTC.</summary>
    public DateTime Start { get; init; } = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether an accelerated estimator may be chosen where one is valid (<c>auto</c>).</summary>
    public bool RareEvents { get; init; } = true;

    /// <summary>Whether heartbeats and probes that change nothing, and the order of failures that no service tells apart, are simulated too (<c>exhaustive</c>).</summary>
    public bool Exhaustive { get; init; }
}

/// <summary>Stop when (high − low)/2 ≤ <see cref="Within"/> × estimate for every listed service, at that confidence
/// level.</summary>
public sealed record StopWhenSpec(IReadOnlyList<string> Services, double Within, double Level);
