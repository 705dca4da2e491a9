using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Workloads;

/// <content>Volumes that one node at a time has attached (kube-controller-manager, pkg/controller/volume/attachdetach).</content>
public sealed partial class Pods
{
    /// <inheritdoc/>
    public int ZoneOf(int pod) => _pods[pod].ZonePlusOne - 1;

    private void BindVolume(int pod, int node)
    {
        if (OptionsOf(pod).Volume is { } volume)
        {
            _pods[pod].VolumePlusOne = node + 1;
            _pods[pod].ZonePlusOne = (short)(volume.BoundToZone ? _nodes.Set.Options[node].Zone + 1 : 0);
        }
    }

    /// <summary>The volume is sent on its way to a pod that waits for it, as soon as no other node has it.</summary>
    private void AttachIfWaiting(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (state.Phase != PodPhase.Attaching || state.Held)
        {
            return;
        }
        Disarm(pod, Life);
        if (!ControllersAct || !Simulation.Signals[_controlPlane.CloudApi])
        {
            // They come back to it when they return.
            return;
        }
        Cause present = ChargeTo(in state);
        SimTime free = FreeAt(pod, in state);
        if (free <= Now)
        {
            state.VolumePlusOne = 0;
            state.Held = true;
            ArmAfter(pod, Life, Drawn(pod, _laws[_workloads.WorkloadOf[pod]].Attach!.Value, Attach, state.Incarnations));
        }
        else if (!free.IsNever)
        {
            ArmAt(pod, Life, free);
        }
        Simulation.Resume(present);
    }

    /// <summary>
    /// When no other node has the volume any more, as far as one can tell now: a healthy node is asked to unmount it for as long
    /// as it takes, one that does not answer loses it in the end.
    /// </summary>
    private SimTime FreeAt(int pod, in Pod state)
    {
        int node = state.VolumePlusOne - 1;
        if (node < 0)
        {
            return Now;
        }
        if (_nodes.Is(node, NodeMarks.NotReady) || !_nodes.Is(node, NodeMarks.Registered))
        {
            return new SimTime(state.Mark) + OptionsOf(pod).Volume!.ForceDetachAfter;
        }
        return _terminations.NodeOf(pod) == node ? SimTime.Never : Now;
    }

    private void VolumeAttached(int pod)
    {
        ref Pod state = ref _pods[pod];
        if (!state.Held)
        {
            // The wait for a node that does not answer is over.
            AttachIfWaiting(pod);
            return;
        }
        state.Held = false;
        BindVolume(pod, state.Node);
        if (_nodePods[state.Node].IsDeaf)
        {
            // Its kubelet has not heard of it.
            Enter(pod, PodPhase.Bound);
        }
        else
        {
            SetUp(pod);
        }
    }
}
