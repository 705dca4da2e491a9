using FailoverSim.Kernel.Signals;

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
        bool isBound = state.NodePlusOne > 0;
        bool mute = state.Phase != PodPhase.Ready || _nodePods[state.Node].IsMute;
        if (isBound && !_nodePods[state.Node].IsDeaf && !_nodePods[state.Node].IsIdle)
        {
            state.NotReported = state.Phase is not (PodPhase.Ready or PodPhase.Hanging);
        }
        bool notHealthy = state.NotReported || !isBound || _nodePods[state.Node].IsMarked;
        if (state.Serves && (mute || notHealthy))
        {
            state.Cause = Simulation.Cause;
        }
        SetMute(pod, ref state, mute);
        if (notHealthy != state.NotHealthy)
        {
            state.NotHealthy = notHealthy;
            _unhealthy[_workloads.WorkloadOf[pod]] += notHealthy ? 1 : -1;
            if (!notHealthy)
            {
                TellRelaxed(_workloads.WorkloadOf[pod]);
            }
        }
        SendIfNews(pod, ref state);
        Show(pod, ref state);
    }

    private void SetMute(int pod, ref Pod state, bool mute)
    {
        if (mute == state.Mute)
        {
            return;
        }
        state.Mute = mute;
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Answers(pod, !mute);
        }
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

    private void SetPublished(int pod, ref Pod state, bool published)
    {
        if (published != state.NotPublished)
        {
            return;
        }
        state.NotPublished = !published;
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Published(pod, published);
        }
    }

    /// <summary>Sends a change of readiness on its way, if there is one, somebody sends it, and none is on its way already.</summary>
    private void SendIfNews(int pod, ref Pod state)
    {
        if (state.NotHealthy == state.NotPublished || IsArmed(pod, Rules) || !RulesFollow)
        {
            return;
        }
        double seconds = Draw(pod, _propagation, Propagation, state.Changes);
        if (state.Phase == PodPhase.Dead)
        {
            // A container's end is noticed when the kubelet next lists what runs.
            seconds += Draw(pod, _relist, Relist, state.Changes);
        }
        state.Changes++;
        ArmAt(pod, Rules, _limiter.InRules(_workloads.WorkloadOf[pod], Now, seconds));
    }

    /// <summary>The EndpointSlice controller acts, and some kube-proxy hears of it.</summary>
    private bool RulesFollow => ControllersAct && (_options.RulesHear is not { } hear || Simulation.Signals[hear]);

    /// <summary>Rules can follow again: whatever has changed meanwhile is sent.</summary>
    internal void RulesHearAgain()
    {
        Cause present = Simulation.Cause;
        for (int pod = 0; pod < Count; pod++)
        {
            ref Pod state = ref _pods[pod];
            Simulation.Resume(state.Cause);
            SendIfNews(pod, ref state);
        }
        Simulation.Resume(present);
    }

    /// <summary>What the API server says now arrives, whatever was sent; without controllers it is sent again when they return.</summary>
    private void ArriveInRules(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (RulesFollow)
        {
            SetPublished(pod, ref state, !state.NotHealthy);
            Show(pod, ref state);
        }
    }
}
