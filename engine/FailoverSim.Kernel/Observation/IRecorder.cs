using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>Follows one service through the observed part of a replication.</summary>
internal interface IRecorder
{
    ServiceDeclaration Service { get; }

    void Begin(long now, long horizonEnd);

    /// <summary>Something that the service depends on changed at this instant, and has settled.</summary>
    void Update(long now);

    /// <param name="now">End of the horizon.</param>
    /// <param name="frame">What the row is to say besides.</param>
    ServiceRow Finish(long now, in RowFrame frame);
}

/// <summary>What a row tells that its recorder does not know.</summary>
/// <param name="Replication">Its number.</param>
/// <param name="SloCount">Objectives of all services.</param>
/// <param name="FirstSlo">Index of the first one of this service.</param>
/// <param name="Counts">How often counters were counted; empty but for the first service.</param>
/// <param name="Members">What the members of the fleet did; empty but for the first service.</param>
/// <param name="Parts">To work with: all rows use the same.</param>
/// <param name="Margin">Time by distance from an outage; empty where it is not measured.</param>
internal readonly record struct RowFrame(
    long Replication, int SloCount, int FirstSlo, RaggedList<WindowPart> Parts, long[] Counts, MemberRow[] Members, long[] Margin);

internal abstract record ServiceDeclaration(string Name, IReadOnlyList<Objective> Objectives);

/// <summary>Up or down.</summary>
internal sealed record SignalServiceDeclaration(
    string Name, Signal Up, Signal Support, IReadOnlyList<Objective> Objectives, RequestOptions? Requests)
    : ServiceDeclaration(Name, Objectives)
{
    /// <summary>The static gates whose fall is its loss.</summary>
    public required Signal Structure { get; init; }
}

/// <summary>A share.</summary>
internal sealed record LevelServiceDeclaration(string Name, Level Level, IReadOnlyList<Objective> Objectives)
    : ServiceDeclaration(Name, Objectives);
