using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// The provider takes machines back: at the notice a machine's node is cordoned and its pods are deleted with their grace,
/// whatever their budgets say; at the end of the notice the machine is gone, and a successor is asked for.
/// </summary>
/// <remarks>
/// Clocks run whether or not the control plane does; without the API server nobody cordons or deletes, until it is back within
/// the notice. The cordon ends with the Node object, or when the successor's kubelet takes it over. A slot per node.
/// </remarks>
public sealed class Reclaim : Component, IInstanceWatcher
{
    private static readonly Purpose Every = Purpose.Named("every");
    private static readonly Purpose Successor = Purpose.Named("successor");

    private readonly NodeObjects _objects;
    private readonly Instances _instances;
    private readonly IPods _pods;
    private readonly Signal _api;
    private readonly ImmutableArray<Terms?> _terms;
    private readonly Counter _reclaims;
    private readonly State<Tenure> _tenures;

    /// <param name="builder">The model to join.</param>
    /// <param name="objects">What the API server says of nodes.</param>
    /// <param name="byPool">Terms of each pool; null: its machines are kept.</param>
    /// <param name="instances">Ends and launches machines; the component joins its watchers.</param>
    /// <param name="pods">Deletes pods.</param>
    /// <param name="control">What cordons and deletions need.</param>
    public Reclaim(
        ModelBuilder builder, NodeObjects objects, IReadOnlyList<ReclaimOptions?> byPool, Instances instances, IPods pods,
        ControlPlane control)
        : base(builder, "reclaim", objects.Set.Count, 1)
    {
        _objects = objects;
        _instances = instances;
        _pods = pods;
        _api = control.Api;
        ImmutableArray<Terms?> terms = [.. byPool.Select(o => o is null ? null : new Terms(
            o, builder.Cause(o.Cause), builder.Hazard($"nodes.{o.Cause}.every", o.Every), o.SuccessorAfter is null ? null : builder.Law(o.SuccessorAfter)))];
        _terms = [.. objects.Set.Options.Select(n => terms[n.Pool])];
        _reclaims = builder.Counter("machine-reclaims");
        _tenures = NewState<Tenure>(Count);
        instances.WatchedBy(this);
        for (int node = 0; node < Count; node++)
        {
            if (_terms[node] is not null)
            {
                builder.Observe(objects.Set.Signals[node].Heartbeats, this, node);
                builder.Observe(_api, this, node);
            }
        }
    }

    public override string EntityName(int slot) => $"{Name}/{_objects.Set.Options[slot].Name}";

    /// <inheritdoc/>
    public void Launched(int node)
    {
        if (_terms[node] is not null)
        {
            BeginTenure(node);
        }
    }

    /// <inheritdoc/>
    public void Terminated(int node)
    {
        if (_terms[node] is not null)
        {
            // Others who end it know whether there is to be a successor.
            Disarm(node, 0);
            _tenures[node].Stage = Stage.Gone;
        }
    }

    protected override void Start()
    {
        for (int node = 0; node < Count; node++)
        {
            if (_terms[node] is not null && _objects.Set.Options[node].Exists)
            {
                BeginTenure(node);
            }
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        Terms terms = _terms[slot]!;
        ref Tenure tenure = ref _tenures[slot];
        switch (tenure.Stage)
        {
            case Stage.Kept:
                tenure.Stage = Stage.Noticed;
                tenure.Cause = Simulation.Raise(terms.Cause);
                Simulation.Count(_reclaims);
                Report(slot, "notice");
                ArmAfter(slot, 0, terms.Options.Notice);
                Clear(slot);
                break;
            case Stage.Noticed:
                Report(slot, "reclaimed");
                _instances.Terminate(slot);
                if (terms.SuccessorAfter is { } after)
                {
                    StartClock(slot, 0, after, Successor, tenure.Number);
                }
                else
                {
                    _instances.Launch(slot);
                }
                break;
            default:
                _instances.Launch(slot);
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        ref Tenure tenure = ref _tenures[slot];
        if (tenure.Stage == Stage.Noticed)
        {
            Cause present = Simulation.Cause;
            Simulation.Resume(tenure.Cause);
            Clear(slot);
            Simulation.Resume(present);
        }
        else if (tenure.IsCleared && tenure.Stage == Stage.Kept && Simulation.Signals[_objects.Set.Signals[slot].Heartbeats])
        {
            tenure.IsCleared = false;
            _objects.Mark(slot, NodeMarks.Cordoned, false);
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add((long)_tenures[slot].Stage);
        writer.Add(_tenures[slot].IsCleared ? 1 : 0);
    }

    protected override bool SlotsAreSymmetric => false;

    private void BeginTenure(int node)
    {
        ref Tenure tenure = ref _tenures[node];
        tenure.Stage = Stage.Kept;
        Cause present = Simulation.Cause;
        Simulation.Resume(default);
        StartClock(node, 0, _terms[node]!.Every, Every, tenure.Number++);
        Simulation.Resume(present);
    }

    /// <summary>Cordons a node and deletes its pods, once, if the API server lets it.</summary>
    private void Clear(int node)
    {
        if (_tenures[node].IsCleared || !Simulation.Signals[_api] || !_objects.Is(node, NodeMarks.Registered))
        {
            return;
        }
        _tenures[node].IsCleared = true;
        _objects.Mark(node, NodeMarks.Cordoned, true);
        for (int pod = _pods.FirstOn(node); pod >= 0;)
        {
            int next = _pods.NextOn(pod);
            _pods.Delete(pod);
            pod = next;
        }
    }

    private void Report(int node, string state) => Simulation.Trace?.OnState(Now, this, node, state);

    private enum Stage : byte
    {
        /// <summary>The machine runs until its clock does not.</summary>
        Kept,

        /// <summary>The notice has been given.</summary>
        Noticed,

        /// <summary>There is no machine, or one that somebody else has asked for.</summary>
        Gone,
    }

    private sealed record Terms(ReclaimOptions Options, int Cause, LawId Every, LawId? SuccessorAfter);

    private struct Tenure
    {
        /// <summary>That of the last notice.</summary>
        public Cause Cause;

        /// <summary>Clocks started so far.</summary>
        public int Number;

        public Stage Stage;

        /// <summary>The node has been cordoned for the notice, and its pods deleted; the cordon stands.</summary>
        public bool IsCleared;
    }
}
