using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// Node auto-repair: a machine whose node has not been ready for so long is terminated and launched anew in its place. One
/// attempt; a new machine is left to boot, however long its zone is out.
/// </summary>
/// <remarks>
/// Whoever repairs reads the node's status from the API server and asks the provider: while either is out it waits, and then
/// leaves alone whose kubelet has come back. There is no brake on how many are replaced at once. A slot per node, and one for the
/// APIs.
/// </remarks>
public sealed class Replacement : Component, INodeWatcher, IInstanceWatcher
{
    private static readonly Purpose After = Purpose.Named("replace-after");

    private readonly NodeSet _nodes;
    private readonly Instances _instances;
    private readonly Signal _can;
    private readonly ImmutableArray<LawId?> _after;
    private readonly Counter _replacements;
    private readonly State<Patient> _patients;

    /// <param name="builder">The model to join.</param>
    /// <param name="nodes">The worker nodes.</param>
    /// <param name="afterByPool">Time not ready after which a machine of a pool is replaced; null: never.</param>
    /// <param name="instances">Who replaces machines; the component joins its watchers.</param>
    /// <param name="control">What it needs to act.</param>
    public Replacement(
        ModelBuilder builder, NodeSet nodes, IReadOnlyList<Law?> afterByPool, Instances instances, ControlPlane control)
        : base(builder, "replacement", nodes.Count + 1, 1)
    {
        _nodes = nodes;
        _instances = instances;
        _can = builder.Gate("replacement.can", 2, control.CloudApi, control.Api);
        ImmutableArray<LawId?> laws = [.. afterByPool.Select(law => law is null ? (LawId?)null : builder.Law(law))];
        _after = [.. nodes.Options.Select(n => laws[n.Pool])];
        _replacements = builder.Counter("machine-replacements");
        _patients = NewState<Patient>(nodes.Count);
        instances.WatchedBy(this);
        builder.Observe(_can, this, nodes.Count);
    }

    public override string EntityName(int slot) => slot == _nodes.Count ? Name : $"{Name}/{_nodes.Options[slot].Name}";

    /// <inheritdoc/>
    public void Registered(int node) => Discharge(node);

    /// <inheritdoc/>
    public void NotReady(int node)
    {
        if (_after[node] is { } law && !_patients[node].IsDue && !IsArmed(node, 0))
        {
            StartClock(node, 0, law, After, _patients[node].Times++);
        }
    }

    /// <inheritdoc/>
    public void Ready(int node) => Discharge(node);

    /// <inheritdoc/>
    public void Tainted(int node)
    {
    }

    /// <inheritdoc/>
    public void Deleted(int node)
    {
        // The machine is still missing.
    }

    /// <inheritdoc/>
    public void Launched(int node) => Discharge(node);

    /// <inheritdoc/>
    public void Terminated(int node)
    {
        // Who has terminated it knows whether there is to be another one.
        Discharge(node);
    }

    protected override void Start()
    {
    }

    protected override void OnTimer(int slot, int timer)
    {
        _patients[slot].IsDue = true;
        _patients[slot].Cause = Simulation.Cause;
        Replace(slot);
    }

    protected override void OnSignal(int slot)
    {
        Cause present = Simulation.Cause;
        for (int node = 0; node < _nodes.Count; node++)
        {
            if (_patients[node].IsDue)
            {
                Replace(node);
            }
        }
        Simulation.Resume(present);
    }

    protected override void Encode(int slot, StateWriter writer) =>
        writer.Add(slot < _nodes.Count && _patients[slot].IsDue ? 1 : 0);

    protected override bool SlotsAreSymmetric => false;

    private void Discharge(int node)
    {
        Disarm(node, 0);
        _patients[node].IsDue = false;
    }

    private void Replace(int node)
    {
        if (!Simulation.Signals[_can])
        {
            return;
        }
        _patients[node].IsDue = false;
        if (_nodes.Signals[node].SaysReady(Simulation.Signals) || !_instances.Exists(node))
        {
            return;
        }
        Simulation.Resume(_patients[node].Cause);
        Simulation.Count(_replacements);
        Simulation.Trace?.OnState(Now, this, node, "replaced");
        _instances.Terminate(node);
        _instances.Launch(node);
    }

    private struct Patient
    {
        public Cause Cause;

        /// <summary>Clocks started so far.</summary>
        public int Times;

        /// <summary>Its time is over, and it waits for the APIs.</summary>
        public bool IsDue;
    }
}
