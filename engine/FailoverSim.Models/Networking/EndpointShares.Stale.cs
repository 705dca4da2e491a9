using System.Numerics;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Networking;

/// <summary>The rules of nodes whose kube-proxy is dead.</summary>
/// <remarks>
/// Nodes that stopped to follow between two changes of any rules have the same rules: a generation. A generation keeps its own count of a
/// workload's pods only from the first change of that workload on, before which the present rules are its own: what an event costs
/// depends on the generations alive, never on the number of nodes. With 64 of them alive, the next node to stop is counted
/// with the youngest, as if it had stopped when that one began: off by what has changed since, for one node.
/// </remarks>
public sealed partial class EndpointShares
{
    private const int MostGenerations = 64;

    private readonly State<NodeRules> _rules;

    /// <summary>Per pod, the generations (bits) whose old rules lead to it.</summary>
    private readonly State<ulong> _oldRulesTo;

    /// <summary>By workload and generation: its old rules, where they differ from the present ones.</summary>
    private readonly State<Endpoints> _oldRules;

    /// <summary>Per workload, the generations (bits) that have old rules for it.</summary>
    private readonly State<ulong> _outdated;

    /// <summary>The workloads for which some generation has old rules.</summary>
    private readonly State<int> _outdatedList;

    private readonly State<Generation> _generations;
    private readonly State<Standing> _standing;

    private enum RulesOf : byte
    {
        /// <summary>The node has no rules.</summary>
        None,

        /// <summary>Its kube-proxy follows.</summary>
        Present,

        /// <summary>A generation.</summary>
        Old,
    }

    private int Everything => Count - 1;

    protected override void OnSignal(int slot)
    {
        if (slot == Everything)
        {
            for (int i = 0; i < _standing[0].Outdated; i++)
            {
                Show(_outdatedList[i]);
            }
            return;
        }
        Follow(slot);
    }

    private void StartNodes()
    {
        for (int node = 0; node < _nodes.Count && _proxies is not null; node++)
        {
            Follow(node);
        }
    }

    private void Follow(int node)
    {
        MachineSignals machine = _nodes.Signals[node].Machine;
        ref NodeRules rules = ref _rules[node];
        bool up = Simulation.Signals[machine.Up];
        if (Simulation.Signals[_proxies!.Value[node]])
        {
            Leave(node, RulesOf.Present);
        }
        else if (!Simulation.Signals[machine.Powered])
        {
            Leave(node, RulesOf.None);
        }
        else if (rules.Source == RulesOf.Present)
        {
            Join(node);
        }
        bool enters = up && rules.Source != RulesOf.None && Simulation.Signals[machine.Network];
        if (enters != rules.Enters)
        {
            rules.Enters = enters;
            Weigh(rules, enters ? 1 : -1);
        }
        _watcher?.RulesChanged(node);
    }

    /// <summary>Requests enter on a node, or do not any more.</summary>
    private void Weigh(in NodeRules rules, int change)
    {
        _standing[0].Entering += change;
        if (rules.Source == RulesOf.Old)
        {
            _generations[rules.Generation].Entering += change;
        }
        if (_standing[0].Outdated > 0)
        {
            ReactWhenSettled(Everything);
        }
    }

    private void Join(int node)
    {
        ref NodeRules rules = ref _rules[node];
        rules.Source = RulesOf.Old;
        rules.Generation = (byte)GenerationOfNow();
        ref Generation generation = ref _generations[rules.Generation];
        generation.Nodes++;
        generation.Entering += rules.Enters ? 1 : 0;
    }

    private void Leave(int node, RulesOf source)
    {
        ref NodeRules rules = ref _rules[node];
        if (rules.Source == RulesOf.Old)
        {
            ref Generation generation = ref _generations[rules.Generation];
            generation.Entering -= rules.Enters ? 1 : 0;
            if (--generation.Nodes == 0)
            {
                End(rules.Generation);
            }
            if (_standing[0].Outdated > 0)
            {
                ReactWhenSettled(Everything);
            }
        }
        rules.Source = source;
    }

    /// <summary>The generation that has the present rules, a new one if there is room.</summary>
    private int GenerationOfNow()
    {
        ref Standing standing = ref _standing[0];
        int youngest = -1;
        for (ulong left = standing.Alive; left != 0; left &= left - 1)
        {
            int g = BitOperations.TrailingZeroCount(left);
            if (youngest < 0 || _generations[g].Changes > _generations[youngest].Changes)
            {
                youngest = g;
            }
        }
        if (youngest >= 0 && (_generations[youngest].Changes == standing.Changes || ~standing.Alive == 0))
        {
            return youngest;
        }
        int free = BitOperations.TrailingZeroCount(~standing.Alive);
        standing.Alive |= 1UL << free;
        _generations[free] = new Generation { Changes = standing.Changes };
        return free;
    }

    /// <summary>The rules of a workload are about to change: generations that had the present ones keep them.</summary>
    private void KeepOldRules(int workload)
    {
        if (_proxies is null)
        {
            return;
        }
        ref Standing standing = ref _standing[0];
        standing.Changes++;
        ulong keep = standing.Alive & ~_outdated[workload];
        if (keep == 0)
        {
            return;
        }
        if (_outdated[workload] == 0)
        {
            _outdatedList[standing.Outdated++] = workload;
        }
        _outdated[workload] |= keep;
        for (ulong left = keep; left != 0; left &= left - 1)
        {
            _oldRules[OldRulesOf(workload, BitOperations.TrailingZeroCount(left))] = _endpoints[workload];
        }
        for (int pod = _workloads.FirstPod[workload]; pod < _workloads.FirstPod[workload + 1]; pod++)
        {
            if ((_pods[pod] & Flags.Withdrawn) == 0)
            {
                _oldRulesTo[pod] |= keep;
            }
        }
    }

    /// <summary>A pod to which old rules may lead answers, or does not any more.</summary>
    private void ChangeOldRules(int workload, int pod, int change)
    {
        if (_proxies is null)
        {
            return;
        }
        for (ulong left = _oldRulesTo[pod]; left != 0; left &= left - 1)
        {
            _oldRules[OldRulesOf(workload, BitOperations.TrailingZeroCount(left))].Mute += change;
        }
    }

    /// <summary>Nobody has the rules of a generation any more.</summary>
    private void End(int generation)
    {
        ref Standing standing = ref _standing[0];
        ulong others = ~(1UL << generation);
        standing.Alive &= others;
        for (int i = standing.Outdated - 1; i >= 0; i--)
        {
            int workload = _outdatedList[i];
            if ((_outdated[workload] & ~others) == 0)
            {
                continue;
            }
            _outdated[workload] &= others;
            for (int pod = _workloads.FirstPod[workload]; pod < _workloads.FirstPod[workload + 1]; pod++)
            {
                _oldRulesTo[pod] &= others;
            }
            if (_outdated[workload] == 0)
            {
                _outdatedList[i] = _outdatedList[--standing.Outdated];
            }
            Show(workload);
        }
    }

    /// <summary>The share of a workload for which some nodes have old rules.</summary>
    private double MixedShare(int workload, int tries)
    {
        int replicas = _workloads.Options[workload].Replicas;
        int following = _standing[0].Entering;
        double answered = 0;
        for (ulong left = _outdated[workload]; left != 0; left &= left - 1)
        {
            int g = BitOperations.TrailingZeroCount(left);
            int nodes = _generations[g].Entering;
            following -= nodes;
            answered += nodes * _oldRules[OldRulesOf(workload, g)].Share(replicas, tries);
        }
        answered += following * _endpoints[workload].Share(replicas, tries);
        return _standing[0].Entering == 0 ? _endpoints[workload].Share(replicas, tries) : answered / _standing[0].Entering;
    }

    private static int OldRulesOf(int workload, int generation) => (workload * MostGenerations) + generation;

    private struct NodeRules
    {
        public RulesOf Source;
        public byte Generation;

        /// <summary>Requests enter here.</summary>
        public bool Enters;
    }

    private struct Generation
    {
        public int Nodes;

        /// <summary>Those of them on which requests enter.</summary>
        public int Entering;

        /// <summary><see cref="Standing.Changes"/> when it began.</summary>
        public long Changes;
    }

    private struct Standing
    {
        /// <summary>Nodes on which requests enter.</summary>
        public int Entering;

        /// <summary>Entries of <see cref="_outdatedList"/>.</summary>
        public int Outdated;

        /// <summary>Generations, as bits.</summary>
        public ulong Alive;

        /// <summary>Changes of rules so far.</summary>
        public long Changes;
    }
}
