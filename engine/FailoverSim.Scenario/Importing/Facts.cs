using System.Globalization;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>A node as the API shows it.</summary>
internal sealed record NodeFacts
{
    public required string Name { get; init; }
    public required Mark Mark { get; init; }

    /// <summary>Null where no label tells.</summary>
    public string? Zone { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public IReadOnlyList<TaintFacts> Taints { get; init; } = [];

    /// <summary>Allocatable; 0 where the object does not say.</summary>
    public decimal Cpu { get; init; }
    public decimal Memory { get; init; }
    public int? MaxPods { get; init; }
    public bool IsControlPlane { get; init; }
    public bool IsEtcd { get; init; }
    public bool IsSpot { get; init; }
    public bool IsReady { get; init; } = true;
    public bool IsCordoned { get; init; }
    public string? Pool { get; init; }
    public string? InstanceType { get; init; }

    /// <summary>Of the machine: <c>aws</c>, <c>gce</c>, <c>azure</c> …; null where nothing tells.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether pods that tolerate nothing are kept away from a control plane's node.</summary>
    public bool IsTaintedControlPlane => IsControlPlane
        && Taints.Any(taint => taint.Effect is "NoSchedule" or "NoExecute" && NodeSource.IsControlPlaneKey(taint.Key));
}

internal sealed record TaintFacts(string Key, string Value, string Effect);

/// <param name="Key">Null: any.</param>
/// <param name="Operator"><c>Equal</c> or <c>Exists</c>.</param>
/// <param name="Value">For <c>Equal</c>.</param>
/// <param name="Effect">Null: any.</param>
/// <param name="Seconds">How long; null: for ever.</param>
internal sealed record TolerationFacts(string? Key, string Operator, string Value, string? Effect, int? Seconds)
{
    public bool Covers(TaintFacts taint) => (Effect is null || Effect == taint.Effect)
        && (Key is null || Key == taint.Key) && (Operator == "Exists" || Value == taint.Value);
}

/// <summary>One condition on labels.</summary>
internal sealed record LabelCondition(string Key, string Operator, IReadOnlyList<string> Values)
{
    public bool Holds(IReadOnlyDictionary<string, string> labels)
    {
        string? value = labels.GetValueOrDefault(Key);
        return Operator switch
        {
            "In" => value is not null && Values.Contains(value),
            "NotIn" => value is null || !Values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => Compared(value) > 0,
            "Lt" => Compared(value) < 0,
            _ => false,
        };
    }

    private int Compared(string? value) =>
        Whole(value) is { } number && Whole(Values.Count > 0 ? Values[0] : null) is { } bound ? number.CompareTo(bound) : 0;

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}

/// <summary>A probe's timers, in seconds.</summary>
internal sealed record ProbeFacts(int Period, int Timeout, int Failures);

/// <summary>A topology spread constraint on pods of the workload's own.</summary>
internal sealed record SpreadFacts(string By, int MaxSkew, int? MinDomains, bool IsHard);

/// <summary>A term of pod (anti-)affinity.</summary>
/// <param name="IsAnti">Apart, not together.</param>
/// <param name="IsHard">Required, not preferred.</param>
/// <param name="By"><c>zone</c> or <c>node</c>.</param>
/// <param name="Selector">Of the pods meant.</param>
/// <param name="Namespaces">Theirs; empty: the own; null: all.</param>
internal sealed record AffinityFacts(bool IsAnti, bool IsHard, string By, IReadOnlyList<LabelCondition> Selector, IReadOnlyList<string>? Namespaces);

/// <summary>What a pod template says.</summary>
internal sealed record PodFacts
{
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public decimal Cpu { get; init; }
    public decimal Memory { get; init; }
    public IReadOnlyList<LabelCondition> NodeSelector { get; init; } = [];

    /// <summary>Required node affinity: any of these, each all of its conditions, and none by one without; empty: any node.</summary>
    public IReadOnlyList<IReadOnlyList<LabelCondition>> NodeTerms { get; init; } = [];
    public IReadOnlyList<TolerationFacts> Tolerations { get; init; } = [];
    public IReadOnlyList<SpreadFacts> Spreads { get; init; } = [];
    public IReadOnlyList<AffinityFacts> Affinities { get; init; } = [];
    public ProbeFacts? Readiness { get; init; }
    public ProbeFacts? Liveness { get; init; }
    public int Grace { get; init; } = 30;

    /// <summary>Names of the persistent volume claims that it mounts.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>Whether its pods may run on a node; resources aside.</summary>
    public bool Fits(NodeFacts node) => NodeSelector.All(condition => condition.Holds(node.Labels))
        && (NodeTerms.Count == 0 || NodeTerms.Any(term => term.Count > 0 && term.All(condition => condition.Holds(node.Labels))))
        && node.Taints.All(taint => taint.Effect is not ("NoSchedule" or "NoExecute") || NodeSource.IsPassing(taint.Key)
            || Tolerations.Any(toleration => toleration.Covers(taint)));
}

/// <summary>A Deployment, StatefulSet or DaemonSet.</summary>
internal sealed record WorkloadFacts(string Kind, string Namespace, string Name, int Replicas, PodFacts Pod, bool HasVolumes, Mark Mark)
{
    public string Key => $"{Namespace}/{Name}";
}

/// <summary>A PodDisruptionBudget; one of the two amounts as the language writes it.</summary>
internal sealed record BudgetFacts(string Namespace, string Name, IReadOnlyList<LabelCondition>? Selector, string? Least, string? Most, Mark Mark);

/// <summary>A component that a static pod, or something like it, runs.</summary>
/// <param name="Component">As <c>runs</c> names it.</param>
/// <param name="Node">Where; null: the manifest of any control-plane machine.</param>
/// <param name="Instance">What tells instances apart that have no node: an address; null where nothing does.</param>
/// <param name="Cpu">Request of its pod.</param>
/// <param name="Memory">Request of its pod.</param>
internal sealed record ComponentFacts(string Component, string? Node, string? Instance, decimal Cpu, decimal Memory);
