namespace FailoverSim.Analysis.Timeline;

/// <summary>How much of a replication is written down; what goes beyond is counted where it is told. No ordinary system comes near.</summary>
/// <remarks>Memory and time of a recording grow with the model and with these numbers, and not with how often things happen.</remarks>
internal sealed record RecordingBounds
{
    public static RecordingBounds Default { get; } = new();

    /// <summary>Faults remembered in case that something comes of them, the youngest; older ones are looked up in another run.</summary>
    public int Faults { get; init; } = 100_000;

    /// <summary>Faults, events and states in the windows together, the first.</summary>
    public int Told { get; init; } = 1_000_000;

    /// <summary>Phases of one outage, the first.</summary>
    public int Phases { get; init; } = 10_000;

    /// <summary>Faults that one outage names, the first, and that its first phase does.</summary>
    public int Causes { get; init; } = 100_000;

    /// <summary>Faults that any other phase names: half of them the oldest, half of them the youngest.</summary>
    public int CausesOfPhase { get; init; } = 100;

    /// <summary>Phases, the faults that are named and the conditions that were false, of all outages together of which no story is told; the longest keep theirs.</summary>
    public long Detail { get; init; } = 10_000_000;

    /// <summary>
    /// False conditions read, instant by instant: for each outage of which a story is told, and for all others together. Beyond, of an outage
    /// only its beginning is read.
    /// </summary>
    public long Reads { get; init; } = 200_000_000;
}
