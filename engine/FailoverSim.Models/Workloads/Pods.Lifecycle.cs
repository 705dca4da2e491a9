using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Infrastructure;

namespace FailoverSim.Models.Workloads;

/// <content>From the creation of a pod to its first passed probe, and its deletion.</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public void Bind(int pod, int node)
    {
        ref Pod state = ref _pods[pod];
        Cause present = ChargeTo(in state);
        state.NodePlusOne = node + 1;
        _nodePods.Add(pod, node);
        Simulation.Trace?.OnNote(Now, this, pod, $"on {_nodePods.NameOf(node)}");
        foreach (IEndpointWatcher watcher in _endpointWatchers)
        {
            watcher.Renewed(pod);
        }
        foreach (IBindingWatcher watcher in _bindingWatchers)
        {
            watcher.Bound(pod, node);
        }
        if (_nodePods[node].IsDeaf)
        {
            Enter(pod, PodPhase.Bound);
        }
        else
        {
            SetAbout(pod);
        }
        Simulation.Resume(present);
    }

    /// <inheritdoc/>
    public void Delete(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.NodePlusOne == 0)
        {
            // One that waits for a node would only be followed by its like.
            return;
        }
        int node = state.Node;
        Remains remains = RemainsOf(state.Phase);
        if (state.VolumePlusOne == state.NodePlusOne)
        {
            state.Mark = Now.Nanoseconds;
        }
        Unbind(pod, ref state);
        _terminations.Begin(pod, node, remains);
        if (state.Phase == PodPhase.Missing)
        {
            CreateIfAllowed(pod);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Volumes are detached at once: the machine is gone, or somebody vouches that nothing runs there.</remarks>
    public void ForceDelete(int node)
    {
        for (int pod = _nodePods.FirstEndingOn(node); pod >= 0; pod = _nodePods.FirstEndingOn(node))
        {
            _terminations.Finish(pod);
        }
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.FirstOn(node))
        {
            Unbind(pod, ref _pods[pod]);
            _nodes.Release(node, _workloads.WorkloadOf[pod]);
            _nodePods.Remove(pod, node);
            Ended(pod, node);
        }
    }

    /// <summary>A node does not hold an earlier pod of the place any more.</summary>
    internal void Ended(int pod, int node)
    {
        ref Pod state = ref _pods[pod];
        if (state.VolumePlusOne == node + 1 && state.NodePlusOne != node + 1)
        {
            state.VolumePlusOne = 0;
            AttachIfWaiting(pod);
        }
        if (state.Phase == PodPhase.Missing)
        {
            CreateIfAllowed(pod);
        }
    }

    /// <summary>The controllers act again: they make the pods that are missing and publish what has changed.</summary>
    /// <remarks>The one that attaches volumes has forgotten when it asked a silent node for one.</remarks>
    internal void ControllersReturn()
    {
        Cause present = Simulation.Cause;
        for (int pod = 0; pod < Count; pod++)
        {
            ref Pod state = ref _pods[pod];
            Simulation.Resume(state.Cause);
            if (state.Phase is >= PodPhase.Missing and <= PodPhase.Attaching && state.VolumePlusOne > 0)
            {
                state.Mark = Now.Nanoseconds;
            }
            if (state.Phase == PodPhase.Missing)
            {
                CreateIfAllowed(pod);
            }
            AttachIfWaiting(pod);
            SendIfNews(pod, ref state);
        }
        Simulation.Resume(present);
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
            AttachIfWaiting(pod);
        }
    }

    /// <summary>Images can be pulled again: who waits tries at the next of its retries, whose waits have doubled meanwhile.</summary>
    internal void RegistryReturns()
    {
        for (int pod = 0; pod < Count; pod++)
        {
            if (IsHeldUp(pod) && CanSetUp(_pods[pod].Node))
            {
                Cause present = ChargeTo(in _pods[pod]);
                ArmAt(pod, Life, NextPull(_pods[pod].Mark));
                Simulation.Resume(present);
            }
        }
    }

    /// <summary>The network agent of a node can set up pods again.</summary>
    internal void RetrySetUp(int node)
    {
        for (int pod = _nodePods.FirstOn(node); pod >= 0; pod = _nodePods.NextOn(pod))
        {
            if (IsHeldUp(pod))
            {
                Cause present = ChargeTo(in _pods[pod]);
                ArmAfter(pod, Life, Drawn(pod, _setUpRetry, Retry, _pods[pod].Starts));
                Simulation.Resume(present);
            }
        }
    }

    private bool ControllersAct => Simulation.Signals[_controlPlane.Controllers];

    /// <summary>What a pod that is deleted leaves behind.</summary>
    private static Remains RemainsOf(PodPhase phase) => phase switch
    {
        PodPhase.Ready or PodPhase.Starting or PodPhase.Started => Remains.Container,
        PodPhase.Hanging or PodPhase.Failing or PodPhase.Killed => Remains.HungContainer,
        _ => Remains.Nothing,
    };

    private bool CanSetUp(int node) => !_nodePods[node].IsCut && !_nodePods[node].IsIdle;

    private bool IsHeldUp(int pod) => _pods[pod].Phase == PodPhase.SettingUp && _pods[pod].Held && !IsArmed(pod, Life);

    /// <summary>When a pull is tried again that failed first at an instant and has been tried in vain ever since.</summary>
    private SimTime NextPull(long failedAt)
    {
        long wait = _options.PullBackoff.Nanoseconds;
        long next = failedAt + wait;
        while (next <= Now.Nanoseconds)
        {
            wait = Math.Min(2 * wait, _options.PullBackoffMax.Nanoseconds);
            next += wait;
        }
        return new SimTime(next);
    }

    /// <summary>The pod of a place leaves its node: it is out of the rules, if anybody can take it out, and counts nowhere.</summary>
    private void Unbind(int pod, ref Pod state)
    {
        int node = state.Node;
        _nodes.Uncount(node, _workloads.WorkloadOf[pod]);
        _counters.Deleted(Simulation);
        Disarm(pod, Life);
        Disarm(pod, Rules);
        if (state.Serves)
        {
            state.Cause = Simulation.Cause;
        }
        state.NodePlusOne = 0;
        state.NotReported = true;
        state.Held = false;
        state.Pulled = false;
        state.Restarts = 0;
        if (RulesFollow)
        {
            SetPublished(pod, ref state, published: false);
        }
        Enter(pod, PodPhase.Missing);
        foreach (IBindingWatcher watcher in _bindingWatchers)
        {
            watcher.Unbound(pod, node);
        }
    }

    private void CreateIfAllowed(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (!ControllersAct || (OptionsOf(pod).AtMostOne && _terminations.Any(pod)))
        {
            Show(pod, ref state);
            return;
        }
        Cause present = ChargeTo(in state);
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
            AttachIfWaiting(pod);
        }
        else
        {
            SetUp(pod);
        }
    }

    private void SetUp(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.Phase != PodPhase.SettingUp)
        {
            Enter(pod, PodPhase.SettingUp);
        }
        ref NodePods.Place place = ref _nodePods[state.Node];
        state.Held = !CanSetUp(state.Node);
        if (state.Held)
        {
            return;
        }
        ref readonly WorkloadLaws laws = ref _laws.ItemRef(_workloads.WorkloadOf[pod]);
        SimTime done = Now + Drawn(pod, laws.Sandbox, Sandbox, state.Starts);
        if (laws.Pull is { } pull && !state.Pulled)
        {
            // serializeImagePulls: one pull at a time on a node.
            done = new SimTime(Math.Max(done.Nanoseconds, place.PullsUntil)) + Drawn(pod, pull, Pull, state.Incarnations);
            place.PullsUntil = done.Nanoseconds;
        }
        ArmAt(pod, Life, done);
    }

    private void SetUpDone(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.Held)
        {
            // It is tried again.
            SetUp(pod);
        }
        else if (!state.Pulled && _laws[_workloads.WorkloadOf[pod]].Pull is not null && !Simulation.Signals[_options.Registry])
        {
            state.Held = true;
            state.Mark = Now.Nanoseconds;
        }
        else
        {
            state.Pulled = true;
            StartContainer(pod);
        }
    }

    /// <summary>A new container, which has none of the hangs of the old one; without a runtime it waits as in a back-off.</summary>
    private void StartContainer(int pod)
    {
        _strikes?.Clear(pod, Hangs);
        if (_strikes?.Any(pod, Strikes.Deaths) == true)
        {
            Enter(pod, PodPhase.Dead);
            return;
        }
        if (_nodePods[_pods[pod].Node].IsIdle)
        {
            Enter(pod, PodPhase.BackingOff);
            return;
        }
        Enter(pod, PodPhase.Starting);
        ArmAfter(pod, Life, Drawn(pod, _laws[_workloads.WorkloadOf[pod]].Start, StartUp, _pods[pod].Starts++));
    }

    private void BecomeReady(int pod)
    {
        Enter(pod, PodPhase.Ready);
        if (_strikes?.Any(pod, Hangs) == true)
        {
            BeginHang(pod);
        }
    }
}
