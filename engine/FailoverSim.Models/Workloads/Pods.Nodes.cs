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
        Restage(node, isMarked: false, StageOfMute(node));
    }

    /// <inheritdoc/>
    public void NotReady(int node)
    {
        Restage(node, isMarked: true, _stages.Evict);
        RetryDetach(node);
    }

    /// <inheritdoc/>
    public void Ready(int node) => Restage(node, isMarked: false, StageOfMute(node));

    /// <inheritdoc/>
    public void Tainted(int node) => Restage(node, _nodePods[node].IsMarked, _stages.Tolerate);

    /// <summary>The NoExecute taint has been taken off.</summary>
    public void Untainted(int node)
    {
        bool isMarked = _nodePods[node].IsMarked;
        Restage(node, isMarked, isMarked ? _stages.Evict : StageOfMute(node));
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
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
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

    /// <summary>Requests reach the pods of a node again, or do not any more.</summary>
    internal void ChangeTraffic(int node)
    {
        ref NodePods.Place place = ref _nodePods[node];
        Restage(node, place.IsMarked, place.IsMarked ? place.Stage : StageOfMute(node));
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
                    SetUp(pod);
                    break;
                default:
                    Review(pod, ref _pods[pod]);
                    break;
            }
        }
    }

    private int StageOfMute(int node) => _nodePods[node].IsMute ? _stages.Detect : 0;

    /// <summary>What is true of a node, or what its pods wait for, has changed.</summary>
    private void Restage(int node, bool isMarked, int stage)
    {
        ref NodePods.Place place = ref _nodePods[node];
        place.IsMarked = isMarked;
        place.Stage = stage;
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
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
