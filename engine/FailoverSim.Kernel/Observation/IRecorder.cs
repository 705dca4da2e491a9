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
    /// <param name="replication">Its number.</param>
    /// <param name="sloCount">Objectives of all services.</param>
    /// <param name="firstSlo">Index of the first one of this service.</param>
    /// <param name="counts">What the row is to say about counters.</param>
    ServiceRow Finish(long now, long replication, int sloCount, int firstSlo, long[] counts);
}

internal abstract record ServiceDeclaration(string Name, IReadOnlyList<Objective> Objectives);

/// <summary>Up or down.</summary>
internal sealed record SignalServiceDeclaration(
    string Name, Signal Up, Signal Support, IReadOnlyList<Objective> Objectives, RequestOptions? Requests)
    : ServiceDeclaration(Name, Objectives);

/// <summary>A share.</summary>
internal sealed record LevelServiceDeclaration(string Name, Level Level, IReadOnlyList<Objective> Objectives)
    : ServiceDeclaration(Name, Objectives);
