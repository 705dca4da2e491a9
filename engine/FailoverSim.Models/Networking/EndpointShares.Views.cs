namespace FailoverSim.Models.Networking;

/// <content>What others ask who send requests to some of the nodes only.</content>
public sealed partial class EndpointShares
{
    /// <summary>The present rules, those that kube-proxies follow.</summary>
    internal const int PresentRules = 0;

    /// <summary>A node has no rules: no request gets any further.</summary>
    internal const int NoRules = -1;

    /// <summary>Kinds of rules: the present ones and the generations of old ones.</summary>
    internal const int KindsOfRules = 1 + MostGenerations;

    /// <summary>Somebody wants to know of shares and rules; only while the model is built.</summary>
    internal void WatchedBy(IRulesWatcher watcher) => _watcher = watcher;

    /// <summary>Number of the rules that a node goes by.</summary>
    internal int RulesOn(int node) => _proxies is null ? PresentRules : _rules[node].Source switch
    {
        RulesOf.Present => PresentRules,
        RulesOf.Old => 1 + _rules[node].Generation,
        _ => NoRules,
    };

    /// <summary>Whether all rules lead to the same pods of a workload.</summary>
    internal bool AreAlike(int workload) => _proxies is null || _outdated[workload] == 0;

    /// <summary>Pods of a workload to which the present rules lead, and those of them that answer.</summary>
    internal (int Pods, int Answering) PodsBehind(int workload)
    {
        ref readonly Endpoints now = ref _endpoints[workload];
        int pods = _workloads.Options[workload].Replicas - now.Withdrawn;
        return (pods, pods - now.Mute);
    }

    /// <summary>The share of the requests for a workload that are answered where they meet such rules.</summary>
    internal double ShareBy(int rules, int workload)
    {
        bool areOld = rules != PresentRules && (_outdated[workload] & (1UL << (rules - 1))) != 0;
        int replicas = _workloads.Options[workload].Replicas;
        return areOld ? _oldRules[OldRulesOf(workload, rules - 1)].Share(replicas, 1) : _endpoints[workload].Share(replicas, 1);
    }
}

/// <summary>Follows the rules of the nodes and what they lead to; told within the event, so that the last word counts.</summary>
internal interface IRulesWatcher
{
    /// <summary>A node goes by other rules, perhaps.</summary>
    void RulesChanged(int node);

    /// <summary>Other shares of the requests for a workload are answered, perhaps.</summary>
    void SharesChanged(int workload);
}
