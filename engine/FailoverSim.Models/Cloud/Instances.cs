using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Infrastructure;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Cloud;

/// <summary>The machines of worker nodes as instances of a provider: launched when its API answers, terminated at once.</summary>
/// <remarks>A slot per node, and one for the provider's API.</remarks>
public sealed class Instances : Component, IInstances
{
    private readonly ImmutableArray<int> _places;
    private readonly Machines _machines;
    private readonly Signal _api;
    private readonly State<Request> _requests;

    [Wiring]
    private readonly List<IInstanceWatcher> _watchers = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">The worker nodes.</param>
    /// <param name="machines">All machines.</param>
    /// <param name="cloudApi">The provider's API answers.</param>
    public Instances(ModelBuilder builder, NodeSet nodes, Machines machines, Signal cloudApi)
        : base(builder, "instances", nodes.Count + 1, 0)
    {
        _places = [.. nodes.Options.Select(n => n.Machine)];
        _machines = machines;
        _api = cloudApi;
        _requests = NewState<Request>(nodes.Count);
        builder.Observe(cloudApi, this, nodes.Count);
    }

    public override string EntityName(int slot) =>
        slot == _places.Length ? Name : $"instance/{_machines.Set.Options[_places[slot]].Name}";

    /// <summary>Somebody wants to know which machines come and go; only while the model is built.</summary>
    public void WatchedBy(IInstanceWatcher watcher) => _watchers.Add(watcher);

    /// <inheritdoc/>
    public bool Exists(int node) => _requests[node].IsOpen || _machines.Exists(_places[node]);

    /// <summary>
    /// The machine that a Node object stood for is gone: there is none, or a new one that has never run. A provider asked for
    /// the old one says that there is no such instance.
    /// </summary>
    public bool IsGone(int node) => !_machines.Exists(_places[node]) || _machines.IsNew(_places[node]);

    /// <summary>All that a machine in the place of a node hangs on is there: one that is launched boots at once.</summary>
    public bool HasSite(int node) => _machines.HasSite(_places[node]);

    /// <inheritdoc/>
    public void Launch(int node)
    {
        if (Simulation.Signals[_api])
        {
            Begin(node);
            return;
        }
        _requests[node] = new Request { IsOpen = true, Cause = Simulation.Cause };
    }

    /// <inheritdoc/>
    public void Terminate(int node)
    {
        _requests[node] = default;
        if (!_machines.Exists(_places[node]))
        {
            return;
        }
        _machines.Remove(_places[node]);
        foreach (IInstanceWatcher watcher in _watchers)
        {
            watcher.Terminated(node);
        }
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
    }

    /// <summary>The provider's API answers again, or does not.</summary>
    protected override void OnSignal(int slot)
    {
        if (!Simulation.Signals[_api])
        {
            return;
        }
        Cause present = Simulation.Cause;
        for (int node = 0; node < _places.Length; node++)
        {
            if (_requests[node].IsOpen)
            {
                Simulation.Resume(_requests[node].Cause);
                Begin(node);
            }
        }
        Simulation.Resume(present);
    }

    protected override void Encode(int slot, StateWriter writer) =>
        writer.Add(slot < _places.Length && _requests[slot].IsOpen ? 1 : 0);

    protected override bool SlotsAreSymmetric => false;

    private void Begin(int node)
    {
        Terminate(node);
        _machines.Launch(_places[node]);
        foreach (IInstanceWatcher watcher in _watchers)
        {
            watcher.Launched(node);
        }
    }

    /// <summary>A machine that has been asked for while the provider's API was out.</summary>
    private struct Request
    {
        public bool IsOpen;

        /// <summary>Why it is needed.</summary>
        public Cause Cause;
    }
}
