using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Nodes;

/// <summary>An operator or a remediation controller that vouches, some time after a node has ceased to be ready, that nothing runs there (KEP-2268).</summary>
public sealed class OutOfService : Component, INodeWatcher
{
    private static readonly Purpose Vouching = Purpose.Named("vouch");

    private readonly NodeLifecycle _lifecycle;
    private readonly ImmutableArray<LawId?> _after;
    private readonly Signal _api;
    private readonly State<Patience> _patience;

    /// <param name="builder">The model to join.</param>
    /// <param name="lifecycle">Puts the mark.</param>
    /// <param name="after">Per node: time not ready after which somebody vouches for it; null: nobody does.</param>
    /// <param name="controlPlane">Takes the mark in.</param>
    public OutOfService(ModelBuilder builder, NodeLifecycle lifecycle, ImmutableArray<Law?> after, ControlPlane controlPlane)
        : base(builder, "out-of-service", after.Length, 1)
    {
        _lifecycle = lifecycle;
        _after = [.. after.Select(law => law is null ? (LawId?)null : builder.Law(law))];
        _api = controlPlane.Api;
        _patience = NewState<Patience>(Count);
        builder.Observe(_api, this, 0);
    }

    public void Registered(int node)
    {
    }

    public void NotReady(int node)
    {
        if (_after[node] is { } law)
        {
            _patience[node].Cause = Simulation.Cause;
            ArmAfter(node, 0, SimDuration.FromSeconds(Draw(node, law, Vouching, _patience[node].Times++)));
        }
    }

    public void Ready(int node) => Forget(node);

    public void Tainted(int node)
    {
    }

    public void Deleted(int node) => Forget(node);

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        if (Simulation.Signals[_api])
        {
            _lifecycle.PutOutOfService(slot);
        }
        else
        {
            _patience[slot].IsDue = true;
        }
    }

    /// <summary>The API answers again: what has had to wait is done.</summary>
    protected override void OnSignal(int slot)
    {
        if (!Simulation.Signals[_api])
        {
            return;
        }
        Cause cause = Simulation.Cause;
        for (int node = 0; node < Count; node++)
        {
            if (_patience[node].IsDue)
            {
                _patience[node].IsDue = false;
                Simulation.Resume(_patience[node].Cause);
                _lifecycle.PutOutOfService(node);
            }
        }
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer) => writer.Add(_patience[slot].IsDue ? 1L : 0);

    private void Forget(int node)
    {
        Disarm(node, 0);
        _patience[node].IsDue = false;
    }

    private struct Patience
    {
        public long Times;
        public Cause Cause;
        public bool IsDue;
    }
}
