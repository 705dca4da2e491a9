namespace FailoverSim.Models.Workloads;

/// <content>What becomes of pods when something befalls their node.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public int FirstOn(int node) => _nodePods.FirstOn(node);

    /// <inheritdoc/>
    public int NextOn(int pod) => _nodePods.NextOn(pod);

    /// <inheritdoc/>
    public int CountOn(int node) => _nodePods[node].Count;

    /// <inheritdoc/>
    public void DeleteTolerating(int node, int toleration)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0;)
        {
            int next = _nodePods.NextOn(pod);
            if (_workloads.TolerationOf[_workloads.WorkloadOf[pod]] == toleration)
            {
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
        _nodePods[node].IsMarked = false;
        _nodePods[node].Stage = 0;
    }

    /// <inheritdoc/>
    public void NotReady(int node)
    {
        ref NodePods.Place place = ref _nodePods[node];
        place.IsMarked = true;
        place.Stage = _stages.Evict;
        ReviewAll(node);
    }

    /// <inheritdoc/>
    public void Ready(int node)
    {
        ref NodePods.Place place = ref _nodePods[node];
        place.IsMarked = false;
        place.Stage = place.IsMute ? _stages.Detect : 0;
        ReviewAll(node);
    }

    /// <inheritdoc/>
    public void Tainted(int node)
    {
        _nodePods[node].Stage = _stages.Tolerate;
        ReviewAll(node);
    }

    /// <inheritdoc/>
    public void Deleted(int node)
    {
        _nodePods[node].Stage = _stages.Evict;
        ReviewAll(node);
    }

    /// <summary>The machine of a node has lost power, and its containers with it.</summary>
    internal void LosePower(int node)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            if (_pods[pod].Phase is PodPhase.Bound or PodPhase.Attaching)
            {
                continue;
            }
            Disarm(pod, Life);
            _pods[pod].Held = false;
            _pods[pod].Backoff = 0;
            Enter(pod, PodPhase.Stranded);
        }
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = _nodePods.NextEnding(pod))
        {
            _terminations.LosePower(pod);
        }
        _nodePods[node].PullsUntil = 0;
    }

    /// <summary>Requests reach the pods of a node again, or do not any more.</summary>
    internal void ChangeTraffic(int node)
    {
        ref NodePods.Place place = ref _nodePods[node];
        if (place.IsMute && !place.IsMarked)
        {
            place.Stage = _stages.Detect;
        }
        else if (!place.IsMute && !place.IsMarked)
        {
            place.Stage = 0;
        }
        ReviewAll(node);
    }

    /// <summary>The kubelet of a node is heard again: it starts what is gone, begins what it has not heard of, and confirms what has ended.</summary>
    internal void Reconnect(int node)
    {
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0;)
        {
            int next = _nodePods.NextEnding(pod);
            _terminations.Proceed(pod);
            pod = next;
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            switch (_pods[pod].Phase)
            {
                case PodPhase.Bound:
                    SetAbout(pod);
                    break;
                case PodPhase.Stranded:
                    // Its images are still there.
                    RestartInPlace(pod);
                    break;
                default:
                    Review(pod, ref _pods[pod]);
                    break;
            }
        }
    }

    private void RestartInPlace(int pod)
    {
        ref Pod state = ref _pods[pod];
        Enter(pod, PodPhase.SettingUp);
        if (CanSetUp(state.Node))
        {
            ArmAfter(pod, Life, Drawn(pod, _laws[_workloads.WorkloadOf[pod]].Sandbox, Sandbox, state.Starts));
        }
        else
        {
            state.Held = true;
        }
    }

    private void ReviewAll(int node)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            Review(pod, ref _pods[pod]);
        }
    }
}
