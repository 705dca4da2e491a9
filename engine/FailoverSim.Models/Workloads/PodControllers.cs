using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Workloads;

/// <summary>Watches what pods wait for as a whole: controllers, the provider, the registry.</summary>
internal sealed class PodControllers : Component
{
    private readonly Pods _pods;
    private readonly ControlPlane _controlPlane;
    private readonly Signal _registry;
    private readonly State<Absent> _absent;

    public PodControllers(ModelBuilder builder, Pods pods, ControlPlane controlPlane, Signal registry)
        : base(builder, "pod-controllers", 1, 0)
    {
        _pods = pods;
        _controlPlane = controlPlane;
        _registry = registry;
        _absent = NewState<Absent>(1);
        builder.Observe(controlPlane.Controllers, this, 0);
        builder.Observe(controlPlane.CloudApi, this, 0);
        builder.Observe(registry, this, 0);
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer) => throw Simulation.Violation("there is no such timer");

    protected override void OnSignal(int slot)
    {
        ref Absent absent = ref _absent[0];
        if (Returns(_controlPlane.Controllers, ref absent.Controllers))
        {
            _pods.ControllersReturn();
        }
        if (Returns(_controlPlane.CloudApi, ref absent.Cloud))
        {
            _pods.CloudReturns();
        }
        if (Returns(_registry, ref absent.Registry))
        {
            _pods.RegistryReturns();
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
    }

    private bool Returns(Signal signal, ref bool absent)
    {
        bool was = absent;
        absent = !Simulation.Signals[signal];
        return was && !absent;
    }

    private struct Absent
    {
        public bool Controllers;
        public bool Cloud;
        public bool Registry;
    }
}
