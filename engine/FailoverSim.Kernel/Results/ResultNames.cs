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
    IReadOnlyList<string> Counters);

/// <summary>How one SLO tiles the observed horizon.</summary>
/// <param name="Name">Name in the scenario file.</param>
/// <param name="Service">Index of the service.</param>
/// <param name="Windows">Complete windows within the horizon.</param>
public sealed record SloWindows(string Name, int Service, int Windows);
