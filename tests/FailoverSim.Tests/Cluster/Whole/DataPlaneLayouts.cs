namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>Worker nodes and workloads of the stories; faults are called <c>f</c> and strike after an hour.</summary>
internal static class DataPlaneLayouts
{
    /// <summary>From the end of a pod's wait for a node: sandbox, start, first probe and the way into the rules of the nodes, all uniform.</summary>
    public const double Ready = ((0.3 + 2) / 2) + ((1 + 5) / 2.0) + 0.5 + ((0.1 + 2) / 2);

    /// <summary>Mean time from the death of a node to the pass that finds it silent for longer than 50 s.</summary>
    public const double Detect = 47.9;

    /// <summary>A pass, and the next.</summary>
    public const double Pass = 5.05;

    /// <summary>Nobody struck it: an ideal control plane in front of workers.</summary>
    public static string Workers(
        string workloads, string rest, string workers = "{count: 6, place: spread, cpu: 16, memory: 64GiB}", string timers = "v1.33",
        string controlPlane = "") => $$"""
        use: [{timers: kubernetes/{{timers}}}]
        {{controlPlane}}
        topology: {zones: [a, b, c]}
        nodes:
          workers: {{workers}}
        workloads:
          {{workloads.ReplaceLineEndings("\n  ")}}
        {{rest}}
        """;

    public static string Service(params string[] workloads) =>
        $"services: {{{string.Join(", ", workloads.Select(w => $"{w}: {{probe: workload {w}}}"))}}}\n";

    /// <summary>A node falls silent, and what runs on it is gone.</summary>
    public static string Silence(string node, string lasts) => $"faults: {{f: {{at: [1h], of: {node}, state: hang, lasts: {lasts}}}}}";
}
