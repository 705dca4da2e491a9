using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Workloads;

/// <content>What the API server and the rules of the nodes say of pods, and budgets.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    /// <remarks>
    /// Budgets are kept by the disruption controller: while no controller acts, whoever has a budget is not evicted. A pod that
    /// is not ready may go if the others are enough (IfHealthyBudget).
    /// </remarks>
    public bool TryEvict(int pod)
    {
        int workload = _workloads.WorkloadOf[pod];
        int least = _workloads.Options[workload].MinHealthy;
        if (least > 0)
        {
            int healthy = _workloads.Options[workload].Replicas - _unhealthy[workload];
            int without = _pods[pod].NotHealthy ? healthy : healthy - 1;
            if (!ControllersAct || without < least)
            {
                return false;
            }
        }
        _counters.Evicted(Simulation);
        Delete(pod);
        return true;
    }

    /// <summary>Something changed that readiness follows from.</summary>
    private void Review(int pod, ref Pod state)
    {
        bool mute = state.Phase != PodPhase.Ready || _nodePods[state.Node].IsMute;
        if (mute != state.Mute)
        {
            state.Mute = mute;
            TellMute(pod, mute);
        }
        if (state.NodePlusOne > 0 && !_nodePods[state.Node].IsDeaf)
        {
            state.NotReported = state.Phase is not (PodPhase.Ready or PodPhase.Hanging);
        }
        SetHealthy(pod, ref state);
        // A container's end is noticed when the kubelet next lists what runs.
        double seconds = state.Phase is PodPhase.Dead or PodPhase.BackingOff ? Draw(pod, _relist, Relist, state.Changes) : 0;
        PublishIfNews(pod, ref state, seconds);
        Show(pod);
    }

    private void SetHealthy(int pod, ref Pod state)
    {
        bool notHealthy = state.NotReported || state.NodePlusOne == 0 || _nodePods[state.Node].IsMarked;
        if (notHealthy != state.NotHealthy)
        {
            state.NotHealthy = notHealthy;
            _unhealthy[_workloads.WorkloadOf[pod]] += notHealthy ? 1 : -1;
            if (!notHealthy)
            {
                TellRelaxed(_workloads.WorkloadOf[pod]);
            }
        }
    }

    /// <summary>Sends a change of readiness on its way, if there is one and somebody sends it.</summary>
    private void PublishIfNews(int pod, ref Pod state, double seconds)
    {
        if (state.NotHealthy != state.NotPublished && !IsArmed(pod, Rules) && ControllersAct)
        {
            seconds += Draw(pod, _propagation, Propagation, state.Changes++);
            ArmAfter(pod, Rules, SimDuration.FromSeconds(seconds));
        }
    }

    private void ArriveInRules(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.NotHealthy == state.NotPublished)
        {
            return;
        }
        if (!ControllersAct)
        {
            // It is sent again when they return.
            return;
        }
        state.NotPublished = state.NotHealthy;
        Tell(pod, !state.NotPublished);
        Show(pod);
    }

    private void TellRelaxed(int workload)
    {
        if (_workloads.Options[workload].MinHealthy > 0)
        {
            foreach (IBudgetWatcher watcher in _budgetWatchers)
            {
                watcher.Relaxed(workload);
            }
        }
    }

    private void Tell(int pod, bool published)
    {
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Published(pod, published);
        }
    }

    private void TellMute(int pod, bool mute)
    {
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Answers(pod, !mute);
        }
    }
}
