namespace FailoverSim.Kernel.Results;

/// <summary>The names behind the indices of a result table; the same for every replication of a scenario.</summary>
/// <param name="Services">Service names in the order of the scenario file.</param>
/// <param name="Causes">Names of what can be to blame, such as <c>pump.seal</c>, <c>header</c> or <c>flooding</c>.</param>
/// <param name="Stages">Stages of an outage, such as <c>answer</c>, <c>crew</c>, <c>spare</c>, <c>repair</c>, <c>switch</c>, <c>undetected</c>.</param>
/// <param name="Slos">Objectives that are evaluated inside a replication.</param>
/// <param name="Counters">What is counted, such as <c>etcd.elections</c>.</param>
public sealed record ResultNames(
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Causes,
    IReadOnlyList<string> Stages,
    IReadOnlyList<SloWindows> Slos,
    IReadOnlyList<string> Counters)
{
    /// <summary>Members of the fleet, such as workloads, in the order of the model; empty where there is none.</summary>
    public IReadOnlyList<MemberName> Fleet { get; init; } = [];

    /// <summary>The services that have no outages of their own, in the order of <see cref="Services"/>.</summary>
    public IReadOnlyList<ServiceView> Views { get; init; } = [];

    /// <summary>What kind of view a service is; null if it is up or down itself.</summary>
    public ServiceView? ViewOf(int service) => Views.FirstOrDefault(view => view.Service == service);
}

/// <summary>A member of the fleet.</summary>
/// <param name="Name">Such as <c>stateless-12</c>.</param>
/// <param name="Group">Such as <c>stateless</c>.</param>
/// <param name="MeasuresRequests">Whether its lost requests are counted.</param>
public sealed record MemberName(string Name, string Group, bool MeasuresRequests);

/// <summary>A service that is a figure and no state.</summary>
/// <param name="Service">Index of the service.</param>
/// <param name="Kind">What figure.</param>
/// <param name="Members">By how many members of the fleet <see cref="ServiceRow.MemberOutages"/> are to be divided; 0 for a level.</param>
public sealed record ServiceView(int Service, ViewKind Kind, int Members);

public enum ViewKind
{
    /// <summary>A share that components set.</summary>
    Level,

    /// <summary>The mean over members of the fleet.</summary>
    Mean,

    /// <summary>The member of the fleet that is the so many-th worst of the replication.</summary>
    Quantile,
}
