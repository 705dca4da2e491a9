using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Workloads;

/// <summary>Watches what pods wait for as a whole: controllers, the provider, the registry.</summary>
internal sealed class PodControllers : Component
{
    private const int Controllers = 0;
    private const int Cloud = 1;
    private const int Registry = 2;
    private const int Rules = 3;

    private readonly Pods _pods;
    private readonly Signal _controllers;
    private readonly Signal _cloud;
    private readonly Signal _registry;
    private readonly Signal? _rulesHear;

    public PodControllers(ModelBuilder builder, Pods pods, ControlPlane controlPlane, Signal registry, Signal? rulesHear)
        : base(builder, "pod-controllers", 4, 0)
    {
        _pods = pods;
        _controllers = controlPlane.Controllers;
        _cloud = controlPlane.CloudApi;
        _registry = registry;
        builder.Observe(_controllers, this, Controllers);
        builder.Observe(_cloud, this, Cloud);
        builder.Observe(_registry, this, Registry);
        _rulesHear = rulesHear;
        if (rulesHear is { } hear)
        {
            builder.Observe(hear, this, Rules);
        }
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer) => throw Simulation.Violation("there is no such timer");

    protected override void OnSignal(int slot)
    {
        switch (slot)
        {
            case Controllers when Simulation.Signals[_controllers]:
                _pods.ControllersReturn();
                break;
            case Cloud when Simulation.Signals[_cloud]:
                _pods.CloudReturns();
                break;
            case Registry when Simulation.Signals[_registry]:
                _pods.RegistryReturns();
                break;
            case Rules when Simulation.Signals[_rulesHear!.Value]:
                _pods.RulesHearAgain();
                break;
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
    }

    protected override bool SlotsAreSymmetric => false;
}
