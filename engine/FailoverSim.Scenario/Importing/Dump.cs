using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Importing;

/// <summary>All that was understood of all files, whatever kind of source it came from.</summary>
internal sealed class Dump(DiagnosticBag bag, bool isAnonymous)
{
    /// <summary>Whether nothing may be told that somebody chose a name for.</summary>
    public bool IsAnonymous { get; } = isAnonymous;
    public DiagnosticBag Bag { get; } = bag;
    public UnusedKinds Unused { get; } = new();
    public FoundSettings Settings { get; } = new(bag);
    public FoundVersions Versions { get; } = new();

    public List<NodeFacts> Nodes { get; } = [];
    public List<WorkloadFacts> Workloads { get; } = [];
    public List<WorkloadFacts> DaemonSets { get; } = [];
    public List<BudgetFacts> Budgets { get; } = [];
    public List<ComponentFacts> Components { get; } = [];

    /// <summary>Controllers of the pods seen: namespace, kind, name.</summary>
    public List<(string Namespace, string Kind, string Name)> Owners { get; } = [];

    /// <summary>Claims that many nodes may mount at once, as <c>namespace/name</c>.</summary>
    public HashSet<string> SharedClaims { get; } = new(StringComparer.Ordinal);

    /// <summary>Priority and whether it may take over, one per keepalived.conf.</summary>
    public List<int> KeepalivedPriorities { get; } = [];

    /// <summary>How many machines the configurations of keepalived tell of.</summary>
    public int KeepalivedPeers { get; set; }

    /// <summary>How many haproxy.cfg lead to apiservers.</summary>
    public int Haproxies { get; set; }

    /// <summary>Most apiservers, and members, that any source names.</summary>
    public int Apiservers { get; set; }
    public int EtcdMembers { get; set; }

    /// <summary>Whether etcd is on machines of its own.</summary>
    public bool IsEtcdExternal { get; set; }

    /// <summary>Whether apiservers ask all members, not that of their own machine; null where nothing tells.</summary>
    public bool? AsksAllMembers { get; set; }

    /// <summary>Whether kubeadm's configuration was among the files.</summary>
    public bool IsKubeadm { get; set; }

    /// <summary>Whether a configuration tells of a control plane that is the user's own.</summary>
    public bool IsConfigured => IsKubeadm || Haproxies > 0 || KeepalivedPriorities.Count > 0;

    /// <summary>Whether nothing told how Calico carries packets: its pools may be objects of their own.</summary>
    public bool IsCalicoModeAssumed { get; set; }

    /// <summary>Whether an address in front of the apiservers is configured.</summary>
    public bool HasEndpoint { get; set; }
}
