namespace FailoverSim.Kernel.Results;

/// <summary>One outage as a row keeps it; its shares are in the row. Times in nanoseconds.</summary>
/// <param name="Start">From t = 0 of the run (not of the observed horizon).</param>
/// <param name="Duration">Clipped to the end of the horizon.</param>
/// <param name="Cause">Index of the cause with the largest share (<see cref="ResultNames.Causes"/>).</param>
/// <param name="Stage">Index of the stage with the largest share (<see cref="ResultNames.Stages"/>).</param>
/// <param name="IsLoss">Whether the support was ever false: more was broken than the mechanism can heal unaided.</param>
public readonly record struct Outage(long Start, long Duration, int Cause, int Stage, bool IsLoss);

/// <summary>
/// What one replication says of one service: exact integers, from which every figure is derived.
/// Up plus down is the observed horizon; the causes and the stages each sum to the down time.
/// </summary>
public sealed class ServiceRow
{
    public required long Replication { get; init; }

    /// <summary>Index in <see cref="ResultNames.Services"/>.</summary>
    public required int Service { get; init; }

    public required long UpNanoseconds { get; init; }

    /// <summary>All time down within the horizon, that of an outage already open at its start included.</summary>
    public required long DownNanoseconds { get; init; }

    /// <summary>Outages that start within the horizon.</summary>
    public required long OutageCount { get; init; }

    /// <summary>Start of the first outage, from the start of the observed horizon; −1 if there was none.</summary>
    public required long FirstOutageAfter { get; init; }

    /// <summary>Every outage in order of start, up to <see cref="OutageCap"/>; where there were more, <see cref="Histogram"/> holds all durations.</summary>
    public required IReadOnlyList<Outage> Outages { get; init; }

    /// <summary>
    /// By outage of <see cref="Outages"/>: its causes in the order of their names. Their shares sum to the duration; one is the root.
    /// </summary>
    public required RaggedList<CauseShare> OutageCauses { get; init; }

    /// <summary>By outage of <see cref="Outages"/>: its stages in the order of their names. Their shares sum to the duration.</summary>
    public required RaggedList<StageShare> OutageStages { get; init; }

    /// <summary>Counts of outage durations by <see cref="DurationBuckets"/>; null while <see cref="Outages"/> is complete.</summary>
    public IReadOnlyDictionary<int, long>? Histogram { get; init; }

    /// <summary>Σ duration², in ns², over the outages that start within the horizon.</summary>
    public required UInt128 SquaredDurations { get; init; }

    /// <summary>The longest outage that starts within the horizon; 0 if none.</summary>
    public required long LongestOutage { get; init; }

    /// <summary>Down time by cause, indexed like <see cref="ResultNames.Causes"/>.</summary>
    public required IReadOnlyList<long> DownByCause { get; init; }

    /// <summary>Down time by stage, indexed like <see cref="ResultNames.Stages"/>.</summary>
    public required IReadOnlyList<long> DownByStage { get; init; }

    /// <summary>Down time while the support held, whatever came of the outage later.</summary>
    public required long FailoverNanoseconds { get; init; }

    /// <summary>Outages that start within the horizon and during which the support was ever false.</summary>
    public required long LossCount { get; init; }

    /// <summary>The part of <see cref="DownByStage"/> in outages that are losses, one open at the start of the horizon included.</summary>
    public required IReadOnlyList<long> LossByStage { get; init; }

    /// <summary>Requests lost, as the time in which so many arrive; null where the service does not measure them.</summary>
    public long? LostRequestNanoseconds { get; init; }

    /// <summary>
    /// Windows that met the objective, by SLO index; null for the SLOs of other services. Of rolling windows, nanoseconds of the
    /// instants whose window met it.
    /// </summary>
    public required IReadOnlyList<long?> SloWindowsMet { get; init; }

    /// <summary>The longest outage that starts in a window, by SLO index; 0 if none, null for views and the SLOs of other services.</summary>
    public IReadOnlyList<long?> SloLongestOutages { get; init; } = [];

    /// <summary>
    /// By SLO index: down time in tenths of windows, those with any, ascending; empty for the SLOs of other services and where only
    /// outages are limited. Parts of a nanosecond are rounded cumulatively within a window.
    /// </summary>
    public RaggedList<WindowPart> SloParts { get; init; } = NoParts;

    /// <summary>
    /// How often each of <see cref="ResultNames.Counters"/> was counted in the replication, whichever service it concerns: in the
    /// row of the first service, empty in the others.
    /// </summary>
    public IReadOnlyList<long> Counts { get; init; } = [];

    /// <summary>Of a view of the fleet: outages of its members; 0 for every other service.</summary>
    public long MemberOutages { get; init; }

    /// <summary>Those of <see cref="MemberOutages"/> that are losses.</summary>
    public long MemberLosses { get; init; }

    /// <summary>
    /// The members of the fleet that were not up and answering throughout, in the order of <see cref="ResultNames.Fleet"/>: in the row
    /// of the first service, empty in the others.
    /// </summary>
    public IReadOnlyList<MemberRow> Members { get; init; } = [];

    /// <summary>
    /// What the outages began with: their down times sum to <see cref="DownNanoseconds"/>, their numbers to <see cref="OutageCount"/>.
    /// Empty where outages are not the service's own.
    /// </summary>
    public IReadOnlyList<CombinationShare> Combinations { get; init; } = [];

    /// <summary>
    /// By entry of <see cref="Combinations"/>: its kinds of faults, the root's included, in the order of their names. An empty list
    /// stands for all that found no room any more.
    /// </summary>
    public RaggedList<KindCount> CombinationKinds { get; init; } = NoKinds;

    /// <summary>
    /// Time at 0 (down), 1, 2 … further faults from an outage, the last entry being all beyond: the entries sum to the horizon.
    /// Empty where the margin is not asked for.
    /// </summary>
    public IReadOnlyList<long> MarginNanoseconds { get; init; } = [];

    /// <summary>Entries of <see cref="Combinations"/> that have kinds.</summary>
    public const int CombinationCap = 64;

    /// <summary>Kinds of faults that such an entry can have.</summary>
    public const int KindCap = 8;

    /// <summary>Shared by all rows that have none.</summary>
    internal static readonly RaggedList<WindowPart> NoParts = new();
    private static readonly RaggedList<KindCount> NoKinds = new();

    /// <summary>Outages kept one by one in a row.</summary>
    public const int OutageCap = 4096;
}
