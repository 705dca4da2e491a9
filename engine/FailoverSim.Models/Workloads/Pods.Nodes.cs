using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Workloads;

/// <content>What becomes of pods when something befalls their node.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public int FirstOn(int node) => _nodePods.FirstOn(node);

    /// <inheritdoc/>
    /// <remarks>Asked for before the pod at hand is dealt with, it is on its way from memory meanwhile.</remarks>
    public int NextOn(int pod)
    {
        int next = _nodePods.NextOn(pod);
        if (next >= 0)
        {
            Expect(next);
        }
        return next;
    }

    /// <inheritdoc/>
    public int CountOn(int node) => _nodePods[node].Count;

    /// <inheritdoc/>
    public void DeleteTolerating(int node, int toleration)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0;)
        {
            int next = NextOn(pod);
            if (_workloads.TolerationOf[_workloads.WorkloadOf[pod]] == toleration)
            {
                _counters.EvictedByTaint(Simulation, answers: !_pods[pod].Mute);
                Delete(pod);
            }
            pod = next;
        }
    }

    /// <inheritdoc/>
    public void Registered(int node)
    {
        // Whatever its predecessor held has gone with it.
        ForceDelete(node);
        Restage(node, isMarked: false, StageOfMute(node));
    }

    /// <inheritdoc/>
    public void NotReady(int node)
    {
        Restage(node, _nodePods[node].IsMarked || !_nodes.Is(node, NodeMarks.SaysNotReady), _stages.Evict);
        RetryDetach(node);
    }

    /// <inheritdoc/>
    public void Ready(int node) => Restage(node, isMarked: false, StageOfMute(node));

    /// <inheritdoc/>
    public void Tainted(int node) => Restage(node, _nodePods[node].IsMarked, _stages.Tolerate);

    /// <summary>The NoExecute taint has been taken off.</summary>
    public void Untainted(int node)
    {
        Restage(node, _nodePods[node].IsMarked, IsOut(node) ? _stages.Evict : StageOfMute(node));
    }

    /// <inheritdoc/>
    public void Deleted(int node)
    {
        Restage(node, _nodePods[node].IsMarked, _stages.Evict);
        RetryDetach(node);
    }

    /// <summary>The machine of a node has lost power, and its containers with it.</summary>
    internal void LosePower(int node)
    {
        int next;
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = next)
        {
            next = NextOn(pod);
            if (_pods[pod].Phase is PodPhase.Bound or PodPhase.Attaching)
            {
                continue;
            }
            Disarm(pod, Life);
            _pods[pod].Held = false;
            // The kubelet keeps its back-offs in memory.
            _pods[pod].Restarts = 0;
            Enter(pod, PodPhase.Stranded);
        }
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = _nodePods.NextEnding(pod))
        {
            _terminations.LosePower(pod);
        }
        _nodePods[node].PullsUntil = 0;
    }

    /// <summary>The container runtime of a node is away: what was being set up or started will be begun anew, containers that run go on.</summary>
    internal void LoseRuntime(int node)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            ref Pod state = ref _pods[pod];
            if (state.Phase is PodPhase.SettingUp or PodPhase.Starting)
            {
                Disarm(pod, Life);
                state.Held = true;
                Enter(pod, PodPhase.SettingUp);
            }
        }
        _nodePods[node].PullsUntil = 0;
    }

    /// <summary>The kubelet of a node has its container runtime again, and catches up with what has had to wait for it.</summary>
    internal void RuntimeReturns(int node)
    {
        Cause present = Simulation.Cause;
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0;)
        {
            int next = _nodePods.NextEnding(pod);
            _terminations.Proceed(pod);
            pod = next;
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            ref Pod state = ref _pods[pod];
            Simulation.Resume(state.Cause);
            Review(pod, ref state);
            if (IsArmed(pod, Life))
            {
                continue;
            }
            switch (state.Phase)
            {
                case PodPhase.SettingUp:
                    SetUp(pod);
                    break;
                case PodPhase.BackingOff:
                    StartContainer(pod);
                    break;
                case PodPhase.Killed:
                    RestartWithBackoff(pod);
                    break;
            }
        }
        Simulation.Resume(present);
    }

    /// <summary>Requests reach the pods of a node again, or do not any more.</summary>
    internal void ChangeTraffic(int node)
    {
        ref NodePods.Place place = ref _nodePods[node];
        Restage(node, place.IsMarked, IsOut(node) ? place.Stage : StageOfMute(node));
    }

    /// <summary>The kubelet of a node is heard again: it starts what is gone, begins what it has not heard of, and confirms what has ended.</summary>
    internal void Reconnect(int node)
    {
        int next;
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = next)
        {
            next = _nodePods.NextEnding(pod);
            _terminations.Proceed(pod);
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = next)
        {
            next = NextOn(pod);
            switch (_pods[pod].Phase)
            {
                case PodPhase.Bound:
                    SetAbout(pod);
                    break;
                case PodPhase.Stranded:
                    SetUp(pod);
                    break;
                default:
                    Review(pod, ref _pods[pod]);
                    break;
            }
        }
    }

    /// <summary>It is known not to be ready, or was when its object went.</summary>
    private bool IsOut(int node) => _nodePods[node].IsMarked || _nodes.Is(node, NodeMarks.NotReady);

    private int StageOfMute(int node) => _nodePods[node].IsMute ? _stages.Detect : 0;

    /// <summary>What is true of a node, or what its pods wait for, has changed.</summary>
    private void Restage(int node, bool isMarked, int stage)
    {
        ref NodePods.Place place = ref _nodePods[node];
        place.IsMarked = isMarked;
        place.Stage = stage;
        int next;
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = next)
        {
            next = NextOn(pod);
            Review(pod, ref _pods[pod]);
        }
    }

    /// <summary>Volumes may be taken from a node that does not answer, after a while.</summary>
    private void RetryDetach(int node)
    {
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = _nodePods.NextEnding(pod))
        {
            AttachIfWaiting(pod);
        }
    }
}
