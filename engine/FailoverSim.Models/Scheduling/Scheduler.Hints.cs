using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Scheduling;

/// <summary>What happens that could help unschedulable pods.</summary>
public sealed partial class Scheduler
{
    void INodeRoomWatcher.RoomChanged(int node, bool isMore)
    {
        _placement.Update(node);
        if (isMore && !State.IsHalted && _pending.AnyUnschedulable && _nodes.IsSchedulable(node))
        {
            Offer(node);
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
    }

    void INodeRoomWatcher.Thinned(int workload)
    {
        if (_placement.RulesOf(workload).IsHard)
        {
            Reconsider(workload);
        }
    }

    /// <summary>A node has room: it is offered to each workload in turn, to as many pods as it would take.</summary>
    private void Offer(int node)
    {
        NodeRoom free = _nodes.FreeOn(node);
        if (!free.Fits(State.LeastCpu, State.LeastMemory))
        {
            return;
        }
        State.LeastCpu = long.MaxValue;
        State.LeastMemory = long.MaxValue;
        int next;
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = next)
        {
            next = _pending.NextWorkload(workload);
            NoteRequest(workload);
            (long cpu, long memory) = _placement.AskedBy(workload);
            if (free.Fits(cpu, memory) && _placement.Admits(workload, node))
            {
                // Where pods keep others away, the next one is thought of when the first has been tried.
                Offer(node, workload, _placement.RulesOf(workload).IsHard ? 1 : free.HowMany(cpu, memory));
            }
        }
    }

    private void Offer(int node, int workload, long most)
    {
        int next;
        for (int pod = _pending.FirstUnschedulable(workload); pod >= 0 && most > 0; pod = next)
        {
            next = _pending.Next(pod);
            int zone = ZoneOf(pod, workload);
            if (zone < 0 || zone == _nodes.Set.Options[node].Zone)
            {
                Retry(pod);
                most--;
            }
        }
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
