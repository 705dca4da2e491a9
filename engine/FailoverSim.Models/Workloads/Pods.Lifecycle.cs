using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Cluster;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Workloads;

/// <content>From the creation of a pod to its first passed probe, and its deletion.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public void Bind(int pod, int node)
    {
        ref Pod state = ref _pods[pod];
        state.NodePlusOne = node + 1;
        _nodePods.Add(pod, node);
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Renewed(pod);
        }
        foreach (IBindingWatcher watcher in _bindingWatchers)
        {
            watcher.Bound(pod, node);
        }
        Enter(pod, PodPhase.Bound);
        if (!_nodePods[node].IsDeaf)
        {
            SetAbout(pod);
        }
    }

    /// <inheritdoc/>
    public void Delete(int pod)
    {
        ref Pod state = ref _pods[pod];
        int node = state.Node;
        bool hasContainer = state.Phase is not (PodPhase.Bound or PodPhase.Attaching or PodPhase.Stranded);
        Unbind(pod, ref state);
        _counters.Deleted(Simulation);
        // Known before the predecessor ends, which may be at once.
        state.Phase = PodPhase.Missing;
        state.DetachAskedAt = Now.Nanoseconds;
        _terminations.Begin(pod, node, hasContainer);
        if (state.Phase == PodPhase.Missing)
        {
            CreateIfAllowed(pod);
        }
    }

    /// <inheritdoc/>
    public void ForceDelete(int node)
    {
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = _nodePods.FirstEndingOn(node))
        {
            _terminations.Finish(pod);
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.FirstOn(node))
        {
            ref Pod state = ref _pods[pod];
            Unbind(pod, ref state);
            _nodes.Release(node, _workloads.WorkloadOf[pod]);
            _nodePods.Remove(pod, node);
            state.VolumePlusOne = 0;
            CreateIfAllowed(pod);
        }
    }

    /// <summary>A node does not hold the predecessor of a place any more.</summary>
    internal void Ended(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.Phase == PodPhase.Missing)
        {
            state.VolumePlusOne = 0;
            CreateIfAllowed(pod);
        }
        else if (state.Phase == PodPhase.Attaching)
        {
            state.VolumePlusOne = 0;
            AttachIfPossible(pod);
        }
        else if (state.VolumePlusOne > 0 && state.Phase is PodPhase.Pending or PodPhase.Bound)
        {
            state.VolumePlusOne = 0;
        }
    }

    /// <summary>The controllers act again: they make the pods that are missing and publish what has changed.</summary>
    internal void ControllersReturn()
    {
        for (int pod = 0; pod < Count; pod++)
        {
            ref Pod state = ref _pods[pod];
            if (state.Phase == PodPhase.Missing)
            {
                CreateIfAllowed(pod);
            }
            else if (state.Phase == PodPhase.Attaching && !IsArmed(pod, Life))
            {
                AttachIfPossible(pod);
            }
            PublishIfNews(pod, ref state, seconds: 0);
        }
        for (int workload = 0; workload < _workloads.Options.Length; workload++)
        {
            // Budgets are kept again.
            TellRelaxed(workload);
        }
    }

    /// <summary>Volumes can be attached again.</summary>
    internal void CloudReturns()
    {
        for (int pod = 0; pod < Count; pod++)
        {
            if (_pods[pod].Phase == PodPhase.Attaching && !IsArmed(pod, Life))
            {
                AttachIfPossible(pod);
            }
        }
    }

    /// <summary>Images can be pulled again: who waits tries at the next of its retries, whose waits have doubled meanwhile.</summary>
    internal void RegistryReturns()
    {
        for (int pod = 0; pod < Count; pod++)
        {
            if (_pods[pod].Held && _pods[pod].Phase == PodPhase.SettingUp && !IsArmed(pod, Life) && CanSetUp(_pods[pod].Node))
            {
                long wait = _options.PullBackoff.Nanoseconds;
                long next = _pods[pod].PullFailedAt + wait;
                while (next <= Now.Nanoseconds)
                {
                    wait = Math.Min(2 * wait, _options.PullBackoffMax.Nanoseconds);
                    next += wait;
                }
                ArmAt(pod, Life, new SimTime(next));
            }
        }
    }

    /// <summary>The network agent of a node can set up pods again.</summary>
    internal void RetrySetUp(int node)
    {
        if (!CanSetUp(node))
        {
            return;
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            ref Pod state = ref _pods[pod];
            if (state.Held && state.Phase == PodPhase.SettingUp && !IsArmed(pod, Life))
            {
                ArmAfter(pod, Life, Drawn(pod, _setUpRetry, Retry, state.Starts));
            }
        }
    }

    private bool CanSetUp(int node) => _options.CanSetUp.IsEmpty || Simulation.Signals[_options.CanSetUp[node]];

    private bool ControllersAct => Simulation.Signals[_controlPlane.Controllers];

    /// <summary>The pod of a place leaves its node: it is out of the rules and counts nowhere.</summary>
    private void Unbind(int pod, ref Pod state)
    {
        int node = state.Node;
        Disarm(pod, Life);
        Disarm(pod, Rules);
        state.Cause = Simulation.Cause;
        state.Held = false;
        state.Backoff = 0;
        state.Phase = PodPhase.Missing;
        state.NodePlusOne = 0;
        _nodes.Uncount(node, _workloads.WorkloadOf[pod]);
        state.NotReported = true;
        SetHealthy(pod, ref state);
        if (!state.NotPublished)
        {
            state.NotPublished = true;
            Tell(pod, published: false);
        }
        if (!state.Mute)
        {
            state.Mute = true;
            TellMute(pod, mute: true);
        }
        Show(pod);
    }

    private void CreateIfAllowed(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (!ControllersAct || (OptionsOf(pod).AtMostOne && _terminations.Any(pod)))
        {
            Show(pod);
            return;
        }
        Cause present = Simulation.Cause;
        Simulation.Resume(state.Cause);
        state.Incarnations++;
        Enter(pod, PodPhase.Pending);
        _scheduler.Enqueue(pod);
        Simulation.Resume(present);
    }

    /// <summary>The kubelet has heard of the pod.</summary>
    private void SetAbout(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (OptionsOf(pod).Volume is not null && state.VolumePlusOne != state.NodePlusOne)
        {
            Enter(pod, PodPhase.Attaching);
            AttachIfPossible(pod);
        }
        else
        {
            SetUp(pod);
        }
    }

    private void BindVolume(int pod, int node)
    {
        if (OptionsOf(pod).Volume is { } volume)
        {
            _pods[pod].VolumePlusOne = node + 1;
            _pods[pod].ZonePlusOne = volume.BoundToZone ? _nodes.Set.Options[node].Zone + 1 : 0;
        }
    }

    /// <summary>Detached from a node whose kubelet does not answer only after a long wait, or when its pod's object is gone.</summary>
    private void AttachIfPossible(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (!ControllersAct || !Simulation.Signals[_controlPlane.CloudApi])
        {
            Disarm(pod, Life);
            return;
        }
        Cause present = Simulation.Cause;
        Simulation.Resume(state.Cause);
        BeginAttach(pod, ref state);
        Simulation.Resume(present);
    }

    private void BeginAttach(int pod, ref Pod state)
    {
        if (state.VolumePlusOne > 0)
        {
            long forced = state.DetachAskedAt + OptionsOf(pod).Volume!.ForceDetachAfter.Nanoseconds;
            if (forced > Now.Nanoseconds)
            {
                ArmAt(pod, Life, new SimTime(forced));
                return;
            }
            if (!_nodes.Is(state.VolumePlusOne - 1, NodeMarks.NotReady))
            {
                // A healthy node is asked to unmount for as long as it takes: the end of the predecessor is awaited.
                return;
            }
            state.VolumePlusOne = 0;
        }
        state.Held = true;
        ArmAfter(pod, Life, Drawn(pod, _laws[_workloads.WorkloadOf[pod]].Attach!.Value, Attach, state.Incarnations));
    }

    private void VolumeAttached(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (!state.Held)
        {
            // The wait for a node that does not answer is over.
            AttachIfPossible(pod);
            return;
        }
        state.Held = false;
        BindVolume(pod, state.Node);
        SetUp(pod);
    }

    private void SetUp(int pod)
    {
        ref Pod state = ref _pods[pod];
        Enter(pod, PodPhase.SettingUp);
        if (!CanSetUp(state.Node))
        {
            state.Held = true;
            return;
        }
        WorkloadLaws laws = _laws[_workloads.WorkloadOf[pod]];
        long ready = Now.Nanoseconds + Drawn(pod, laws.Sandbox, Sandbox, state.Starts).Nanoseconds;
        if (laws.Pull is { } pull)
        {
            // serializeImagePulls: one pull at a time on a node.
            ref NodePods.Place place = ref _nodePods[state.Node];
            ready = Math.Max(ready, place.PullsUntil) + Drawn(pod, pull, Pull, state.Incarnations).Nanoseconds;
            place.PullsUntil = ready;
        }
        ArmAt(pod, Life, new SimTime(ready));
    }

    private void SetUpDone(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.Held && CanSetUp(state.Node))
        {
            state.Held = false;
            if (_laws[_workloads.WorkloadOf[pod]].Pull is null || Simulation.Signals[_options.Registry])
            {
                SetUp(pod);
                return;
            }
        }
        if (!CanSetUp(state.Node))
        {
            state.Held = true;
            return;
        }
        if (_laws[_workloads.WorkloadOf[pod]].Pull is not null && !Simulation.Signals[_options.Registry])
        {
            state.Held = true;
            state.PullFailedAt = Now.Nanoseconds;
            return;
        }
        StartContainer(pod);
    }

    private void StartContainer(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (_strikes?.Any(pod, Strikes.Deaths) == true)
        {
            Enter(pod, PodPhase.Dead);
            return;
        }
        Enter(pod, PodPhase.Starting);
        ArmAfter(pod, Life, Drawn(pod, _laws[_workloads.WorkloadOf[pod]].Start, StartUp, state.Starts++));
    }

    private void BecomeReady(int pod)
    {
        Enter(pod, PodPhase.Ready);
        if (_strikes?.Any(pod, Strikes.Only(Affliction.Hang)) == true)
        {
            BeginHang(pod);
        }
    }
}
