using System.Collections.Immutable;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>What happens that could help unschedulable pods.</summary>
public sealed partial class Scheduler
{
    void INodeRoomWatcher.RoomChanged(int node, bool isMore)
    {
        _placement.Update(node);
        if (isMore && !State.IsHalted && _pending.AnyUnschedulable && _nodes.IsSchedulable(node))
        {
            if (_open.ListOf(node) < 0)
            {
                _open.Add(0, node);
            }
            BeginCycle();
        }
    }

    void INodeRoomWatcher.RegistrationChanged(int node)
    {
        if (State.IsHalted || !_pending.AnyUnschedulable)
        {
            return;
        }
        NodeOptions options = _nodes.Set.Options[node];
        bool zonesChanged = _nodes.RegisteredIn(options.Zone, options.Pool) <= 1;
        if (!zonesChanged && !_anySpreadsByNode)
        {
            return;
        }
        int next;
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = next)
        {
            next = _pending.NextWorkload(workload);
            SpreadRules rules = _placement.RulesOf(workload);
            if (!rules.HardByNode.IsEmpty || (zonesChanged && !rules.HardByZone.IsEmpty))
            {
                Reconsider(workload);
            }
        }
        BeginCycle();
    }

    void INodeRoomWatcher.Thinned(int workload)
    {
        if (_placement.RulesOf(workload).IsHard)
        {
            Reconsider(workload);
            BeginCycle();
        }
        if (_workloads.Affinities is { } affinities)
        {
            Reconsider(affinities.HelpedByFewer[workload]);
            BeginCycle();
        }
    }

    /// <summary>Whoever waits for a pod, or for it to go, may find a node now, and an autoscaler may find that a new one would help.</summary>
    private void Reconsider(ImmutableArray<WorkloadRange> helped)
    {
        if (helped.IsEmpty || State.IsHalted)
        {
            return;
        }
        bool anyWaits = false;
        int next;
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = next)
        {
            next = _pending.NextWorkload(workload);
            foreach (WorkloadRange range in helped)
            {
                if (range.Contains(workload))
                {
                    Reconsider(workload);
                    anyWaits |= _pending.CountUnschedulable(workload) > 0;
                    break;
                }
            }
        }
        if (anyWaits)
        {
            TellWaiting();
        }
    }

    /// <summary>Offers a node that has room to as many pods as it would take; one that nobody wants is closed.</summary>
    private void OfferNext()
    {
        int node = _open.First(0);
        if (!_nodes.IsSchedulable(node) || !Offer(node))
        {
            _open.Remove(node);
        }
    }

    /// <summary>Offers a node to each workload in turn.</summary>
    /// <returns>Somebody will try it.</returns>
    private bool Offer(int node)
    {
        NodeRoom free = _nodes.FreeOn(node);
        NodeRoom left = free;
        long leastCpu = long.MaxValue;
        long leastMemory = long.MaxValue;
        int workload = _pending.FirstWorkload;
        while (workload >= 0 && left.Fits(State.LeastCpu, State.LeastMemory))
        {
            int next = _pending.NextWorkload(workload);
            (long cpu, long memory) = _placement.AskedBy(workload);
            leastCpu = Math.Min(leastCpu, cpu);
            leastMemory = Math.Min(leastMemory, memory);
            if (left.Fits(cpu, memory) && _placement.Admits(workload, node))
            {
                // Where pods keep others away, the next one is thought of when the first has been tried.
                int most = _placement.RulesOf(workload).IsHard ? 1 : left.HowMany(cpu, memory);
                left = left.Without(cpu, memory, Offer(node, workload, most));
            }
            workload = next;
        }
        if (workload < 0)
        {
            State.LeastCpu = leastCpu;
            State.LeastMemory = leastMemory;
        }
        return left != free;
    }

    private int Offer(int node, int workload, int most)
    {
        int offered = 0;
        int next;
        for (int pod = _pending.FirstUnschedulable(workload); pod >= 0 && offered < most; pod = next)
        {
            next = _pending.Next(pod);
            int zone = ZoneOf(pod, workload);
            if (zone < 0 || zone == _nodes.Set.Options[node].Zone)
            {
                Retry(pod);
                offered++;
            }
        }
        return offered;
    }

    /// <summary>The first unschedulable pod of a workload for which there is a node now gets back in line; the next one once that has been tried.</summary>
    private void Reconsider(int workload)
    {
        if (State.IsHalted)
        {
            return;
        }
        bool isBound = _placement.RulesOf(workload).IsBoundToZone;
        for (int pod = _pending.FirstUnschedulable(workload); pod >= 0; pod = _pending.Next(pod))
        {
            if (NodeFor(pod) >= 0)
            {
                Retry(pod);
                return;
            }
            if (!isBound)
            {
                // What holds for one holds for all.
                return;
            }
        }
    }

    private void NoteRequest(int workload)
    {
        (long cpu, long memory) = _placement.AskedBy(workload);
        State.LeastCpu = Math.Min(State.LeastCpu, cpu);
        State.LeastMemory = Math.Min(State.LeastMemory, memory);
    }
}
