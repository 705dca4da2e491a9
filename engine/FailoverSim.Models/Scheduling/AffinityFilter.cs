using System.Collections.Immutable;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>What the (anti-)affinities of a workload say of zones and nodes, by where pods are now.</summary>
internal readonly struct AffinityFilter
{
    private readonly NodeRequests _requests;
    private readonly ImmutableArray<WorkloadRange> _ranges;
    private readonly AffinityRules _rules;
    private readonly bool _needsPods;

    public AffinityFilter(NodeRequests requests, ImmutableArray<WorkloadRange> ranges, AffinityRules rules, int zones)
    {
        _requests = requests;
        _ranges = ranges;
        _rules = rules;
        // The first pod of a group that wants to be together may go anywhere.
        _needsPods = rules.IsAffine && !(rules.IsAffineToItself && !AnyIn(requests, rules.Required, zones));
        CanBePlaced = !_needsPods || rules.Required >= 0;
    }

    /// <summary>Some node could do, for all that affinity says.</summary>
    public bool CanBePlaced { get; }

    /// <summary>Only nodes will do that have certain pods.</summary>
    public bool NeedsNodes => _needsPods && _rules.IsAffineByNode;

    /// <summary>Nodes that have certain pods go before others.</summary>
    public bool PrefersNodes => !_rules.NearByNode.IsEmpty;

    /// <summary>Nodes that have certain pods go after others.</summary>
    public bool AvoidsNodes => !_rules.FarByNode.IsEmpty;

    /// <summary>Numbers of the pods on whose nodes to look.</summary>
    public ImmutableArray<int> NodesOf => _rules.NearByNode;

    /// <summary>Number of the pods on whose nodes one must be.</summary>
    public int Needed => _rules.Required;

    public bool AllowsZone(int zone)
    {
        if (!CanBePlaced || (_needsPods && _requests.NamedIn(_rules.Required, zone) == 0))
        {
            return false;
        }
        foreach (int range in _rules.ApartByZone)
        {
            if (_requests.NamedIn(range, zone) > 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A node in an allowed zone may be taken.</summary>
    public bool AllowsNode(int node) =>
        (!NeedsNodes || _requests.HoldsAny(_ranges[_rules.Required], node)) && Count(_rules.ApartByNode, node) == 0;

    /// <summary>Wishes that a zone does not meet.</summary>
    public int UnmetIn(int zone)
    {
        int unmet = 0;
        foreach (int range in _rules.NearByZone)
        {
            unmet += _requests.NamedIn(range, zone) > 0 ? 0 : 1;
        }
        foreach (int range in _rules.FarByZone)
        {
            unmet += _requests.NamedIn(range, zone) > 0 ? 1 : 0;
        }
        return unmet;
    }

    /// <summary>Pods whose nodes go before others and that are not on a node.</summary>
    public int MissingOn(int node) => _rules.NearByNode.Length - Count(_rules.NearByNode, node);

    /// <summary>Pods whose nodes go after others and that are on a node.</summary>
    public int AvoidedOn(int node) => Count(_rules.FarByNode, node);

    private int Count(ImmutableArray<int> ranges, int node)
    {
        int count = 0;
        foreach (int range in ranges)
        {
            count += _requests.HoldsAny(_ranges[range], node) ? 1 : 0;
        }
        return count;
    }

    private static bool AnyIn(NodeRequests requests, int range, int zones)
    {
        for (int zone = 0; zone < zones; zone++)
        {
            if (requests.NamedIn(range, zone) > 0)
            {
                return true;
            }
        }
        return false;
    }
}
