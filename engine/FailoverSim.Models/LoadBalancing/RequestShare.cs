using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>The share of new requests that are answered by way of whichever balancer holds the address in front.</summary>
public sealed class RequestShare : Component, IHolders
{
    private readonly Rotation _rotation;
    private readonly ImmutableArray<int> _balancerOf;
    private readonly State<int> _holder;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="rotation">The balancers.</param>
    /// <param name="balancerOf">The balancer on the machine of each claimant of the address.</param>
    /// <param name="signals">All that the share depends on.</param>
    public RequestShare(
        ModelBuilder builder, string name, Rotation rotation, IReadOnlyList<int> balancerOf, IReadOnlyList<Signal> signals)
        : base(builder, name, 1, 0)
    {
        _rotation = rotation;
        _balancerOf = [.. balancerOf];
        _holder = NewState<int>(1);
        Level = builder.Level();
        foreach (Signal signal in signals)
        {
            builder.Observe(signal, this, 0);
        }
    }

    /// <summary>The share.</summary>
    public Level Level { get; }

    /// <inheritdoc/>
    public void Acquired(int slot)
    {
        _holder[0] = slot;
        ReactWhenSettled(0);
    }

    /// <inheritdoc/>
    public void Lost(int slot)
    {
    }

    /// <inheritdoc/>
    public void Waiting(int stage)
    {
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    protected override void OnSignal(int slot) => Simulation.SetLevel(Level, _rotation.Answered(_balancerOf[_holder[0]]));

    protected override void Encode(int slot, StateWriter writer) => writer.Add((long)_holder[0]);
}
