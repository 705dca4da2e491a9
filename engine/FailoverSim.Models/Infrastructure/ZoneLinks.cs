using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Infrastructure;

/// <summary>
/// The ways between zones, and within one: a slot per ordered pair, from × number of zones + to. Each can be cut, or lose
/// a share of its packets.
/// </summary>
/// <remarks>Several lossy faults on one way lose independently: 1 − ∏(1 − share).</remarks>
public sealed class ZoneLinks : Component, IVictims
{
    private readonly Network _network;
    private readonly ImmutableArray<(string From, string To)> _pairs;
    private readonly Strikes _strikes;

    /// <param name="builder">The model to join.</param>
    /// <param name="network">Whose conditions and losses are driven.</param>
    public ZoneLinks(ModelBuilder builder, Network network)
        : base(builder, "zone-links", network.Zones.Count * network.Zones.Count, 0)
    {
        _network = network;
        _pairs = [.. network.Zones.SelectMany(from => network.Zones.Select(to => (from, to)))];
        _strikes = new Strikes(builder, Count);
    }

    /// <summary>The slot of the way from one zone to another.</summary>
    public int SlotOf(string from, string to) => _pairs.IndexOf((from, to));

    public override string EntityName(int slot) => $"way/{_pairs[slot].From}-{_pairs[slot].To}";

    /// <inheritdoc/>
    public void Strike(int slot, Affliction what, double amount, int stage)
    {
        if (what is not (Affliction.Partition or Affliction.Lossy))
        {
            throw new ArgumentOutOfRangeException(nameof(what), what, "A way between zones can be cut or lossy.");
        }
        _strikes.Add(slot, what, amount, Simulation.Cause, stage);
        Drive(slot, what);
    }

    /// <inheritdoc/>
    public void Waiting(int slot, Affliction what, int stage)
    {
        if (_strikes.SetStage(slot, what, Simulation.Cause, stage))
        {
            Drive(slot, what);
        }
    }

    /// <inheritdoc/>
    public void End(int slot, Affliction what, double amount, bool restarted)
    {
        if (!_strikes.Remove(slot, what, Simulation.Cause))
        {
            throw new InvalidOperationException($"{EntityName(slot)} is not held by a fault of the present cause.");
        }
        Drive(slot, what);
    }

    /// <inheritdoc/>
    public Signal? ConditionOf(int slot, Affliction what) => what == Affliction.Partition
        ? _network.Way(_pairs[slot].From, _pairs[slot].To)
        : null;

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void Encode(int slot, StateWriter writer) => _strikes.Encode(slot, writer);

    protected override bool SlotsAreSymmetric => false;

    private void Drive(int slot, Affliction what)
    {
        (string from, string to) = _pairs[slot];
        Signal condition = what == Affliction.Partition ? _network.Way(from, to) : _network.CleanWay(from, to);
        _strikes.Drive(Simulation, condition, slot, Strikes.Only(what));
        _network.Losses[slot] = _strikes.Loss(slot);
    }
}
