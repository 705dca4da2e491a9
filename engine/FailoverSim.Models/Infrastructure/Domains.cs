using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Infrastructure;

/// <summary>What machines share and lose together: zones, racks, power feeds. One slot each; they can be down, nothing else.</summary>
public sealed class Domains : Component, IVictims
{
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<Signal> _there;
    private readonly Strikes _strikes;

    /// <param name="builder">The model to join.</param>
    /// <param name="names">Unique, such as <c>zone/a</c>, <c>feed/left</c>.</param>
    public Domains(ModelBuilder builder, IReadOnlyList<string> names)
        : base(builder, "domains", names.Count, 0)
    {
        _names = [.. names];
        _there = [.. names.Select(name => builder.Condition(name))];
        _strikes = new Strikes(builder, names.Count);
    }

    /// <summary>The condition that it is there; machines that hang on it have no power while it is false.</summary>
    public Signal this[int slot] => _there[slot];

    public override string EntityName(int slot) => _names[slot];

    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what != Affliction.Down)
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "A zone, rack or feed can only be down.");
        }
        _strikes.Add(slot, what, amount, Simulation.Cause, stage);
        Drive(slot);
    }

    /// <inheritdoc/>
    public void Waiting(int slot, Affliction what, int stage)
    {
        if (_strikes.SetStage(slot, what, Simulation.Cause, stage))
        {
            Drive(slot);
        }
    }

    /// <inheritdoc/>
    public void End(int slot, Affliction what, double amount, bool restarted)
    {
        if (!_strikes.Remove(slot, what, Simulation.Cause))
        {
            throw new InvalidOperationException($"{EntityName(slot)} is not held by a fault of the present cause.");
        }
        Drive(slot);
    }

    /// <inheritdoc/>
    public Signal? ConditionOf(int slot, Affliction what) => _there[slot];

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void Encode(int slot, StateWriter writer) => _strikes.Encode(slot, writer);

    protected override bool SlotsAreSymmetric => false;

    private void Drive(int slot) => _strikes.Drive(Simulation, _there[slot], slot, Strikes.Deaths);
}
