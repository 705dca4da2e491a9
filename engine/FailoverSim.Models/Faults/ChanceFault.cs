using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Operations;

namespace FailoverSim.Models.Faults;

/// <summary>Planned work that goes wrong now and then: a step, or a whole campaign, brings a fault with some probability.</summary>
public sealed class ChanceFault : Component, IStepListener
{
    private static readonly Purpose Strikes = Purpose.Named("strikes");

    private readonly FaultClocks _fault;
    private readonly ImmutableArray<double> _odds;
    private readonly ImmutableArray<MachineTargets> _machines;
    private readonly State<int> _tries;

    private ChanceFault(
        ModelBuilder builder, FaultClocks fault, double probability, IReadOnlyList<MachineTargets> machines)
        : base(builder, $"chances/{fault.Name}", Math.Max(1, machines.Count), 0)
    {
        _fault = fault;
        _odds = [probability, 1 - probability];
        _machines = [.. machines];
        _tries = NewState<int>(Count);
    }

    /// <summary>Drawn once, when the last machine is done; all targets of the fault are struck.</summary>
    /// <param name="builder">The model to join.</param>
    /// <param name="fault">What is brought: a fault that is triggered.</param>
    /// <param name="probability">Per campaign.</param>
    public static ChanceFault PerCampaign(ModelBuilder builder, FaultClocks fault, double probability) =>
        new(builder, fault, probability, []);

    /// <summary>Drawn for each machine, when it is done.</summary>
    /// <param name="builder">The model to join.</param>
    /// <param name="fault">What is brought: a fault that is triggered.</param>
    /// <param name="probability">Per machine and campaign.</param>
    /// <param name="machines">Those of the pool that have targets.</param>
    public static ChanceFault PerMachine(
        ModelBuilder builder, FaultClocks fault, double probability, IReadOnlyList<MachineTargets> machines) =>
        new(builder, fault, probability, machines);

    public override string EntityName(int slot) => _machines.IsEmpty ? Name : $"{Name}/{_machines[slot].Name}";

    /// <inheritdoc/>
    public void StepDone(int machine)
    {
        for (int slot = 0; slot < _machines.Length; slot++)
        {
            if (_machines[slot].Machine == machine && IsStruck(slot))
            {
                foreach (int target in _machines[slot].Targets)
                {
                    _fault.Trigger(target);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void CampaignDone()
    {
        if (_machines.IsEmpty && IsStruck(0))
        {
            for (int target = 0; target < _fault.Count; target++)
            {
                _fault.Trigger(target);
            }
        }
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer) =>
        throw new InvalidOperationException($"{Name} has no timers.");

    /// <summary>Each try is independent of those before.</summary>
    protected override void Encode(int slot, StateWriter writer)
    {
    }

    private bool IsStruck(int slot) => Choose(slot, Strikes, _tries[slot]++, _odds.AsSpan()) == 0;
}

/// <summary>The targets of a fault that live on one machine.</summary>
/// <param name="Machine">Its number, as it is told when its step is done.</param>
/// <param name="Name">Its name.</param>
/// <param name="Targets">Their places in <see cref="FaultOptions.Targets"/>.</param>
public sealed record MachineTargets(int Machine, string Name, ImmutableArray<int> Targets);
