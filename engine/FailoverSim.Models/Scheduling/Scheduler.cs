using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Scheduling;

/// <summary>kube-scheduler: takes pods from its queue one at a time and binds each to a node.</summary>
public sealed class Scheduler : Component
{
    [Wiring]
    private IBinder _binder = null!;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">Its timers.</param>
    /// <param name="controlPlane">When it acts.</param>
    /// <param name="nodes">Made with the same workloads.</param>
    /// <param name="workloads">Whose pods it places.</param>
    public Scheduler(ModelBuilder builder, SchedulerOptions options, ControlPlane controlPlane, NodeObjects nodes, WorkloadSet workloads)
        : base(builder, "scheduling", 1, 3)
    {
    }

    /// <summary>Who carries out what it decides; only while the model is built.</summary>
    public void BindWith(IBinder binder) => _binder = binder;

    /// <summary>Chooses a node as for a pod in the queue, and takes the request there, without time or queue; for pods that are there at t = 0.</summary>
    /// <returns>−1 if there is no node for it.</returns>
    public int PlaceNow(int pod) => throw new NotImplementedException();

    /// <summary>A pod without a node has been created; what it waits for is charged to the present cause.</summary>
    public void Enqueue(int pod) => throw new NotImplementedException();

    /// <summary>A pod is deleted while it waits; one that does not wait is left alone.</summary>
    public void Withdraw(int pod) => throw new NotImplementedException();

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void Encode(int slot, StateWriter writer)
    {
    }
}
