using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <content>What others ask: the descheduler, where there is room; the autoscaler, who waits.</content>
public sealed partial class Scheduler : IScheduling, ISpread, IPendingPods
{
    [Wiring]
    private readonly List<IPendingWatcher> _pendingWatchers = [];

    /// <inheritdoc/>
    public int CountIn(int workload, int zone) => _nodes.Requests.CountIn(workload, zone);

    /// <inheritdoc/>
    public bool HasRoom(int workload, int zone) => _placement.Choose(workload, zone) >= 0;

    /// <inheritdoc/>
    public void WatchedBy(IPendingWatcher watcher) => _pendingWatchers.Add(watcher);

    /// <inheritdoc/>
    public int NodesFor(int pool, int zone)
    {
        Nodes.NodeOptions? offer = _nodes.Set.Options.FirstOrDefault(o => o.Pool == pool);
        double needed = 0;
        for (int workload = _pending.FirstWorkload; workload >= 0; workload = _pending.NextWorkload(workload))
        {
            WorkloadOptions options = _workloads.Options[workload];
            if (offer is null || !_placement.AdmitsNewNode(workload, pool, zone))
            {
                continue;
            }
            double share = Math.Max(
                Math.Max((double)options.Cpu / offer.Cpu, (double)options.Memory / offer.Memory), 1.0 / offer.MaxPods);
            needed += share > 1 ? 0 : share * WaitingIn(workload, zone);
        }
        return (int)Math.Ceiling(needed);
    }

    private int WaitingIn(int workload, int zone)
    {
        if (!_placement.RulesOf(workload).IsBoundToZone)
        {
            return _pending.CountUnschedulable(workload);
        }
        int waiting = 0;
        for (int pod = _pending.FirstUnschedulable(workload); pod >= 0; pod = _pending.Next(pod))
        {
            int own = _binder.ZoneOf(pod);
            waiting += own < 0 || own == zone ? 1 : 0;
        }
        return waiting;
    }

    private void TellWaiting()
    {
        foreach (IPendingWatcher watcher in _pendingWatchers)
        {
            watcher.PodWaits();
        }
    }
}
