using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Loops;
using FailoverSim.Models.Nodes;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Operations;

/// <summary>
/// The descheduler's policy against violated topology spread (kubernetes-sigs/descheduler v0.36): in every pass it evicts
/// pods of workloads that are spread worse over the zones than they ask for, hard or soft, from the fullest zone, as long as some
/// node of the emptiest zone that has room could take them and budgets allow it.
/// </summary>
/// <remarks>
/// A pass that would find nothing new is no event: after one that moved nothing, the next is armed when a pod has been bound or deleted, a node
/// has come or has more room or a budget has given way, and only while some workload is known to
/// be spread badly. The first pass looks at all of them. Pods whose volume binds them to a zone stay where they are, and zones that are down for good
/// count as empty ones without room.
/// </remarks>
public sealed class Descheduler : Component, INodeRoomWatcher, IBindingWatcher, IBudgetWatcher
{
    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly SimDuration _every;
    private readonly NodeObjects _nodes;
    private readonly WorkloadSet _workloads;
    private readonly IPods _pods;
    private readonly IBindings _bindings;
    private readonly ISpread _spread;
    private readonly Signal _api;
    private readonly bool _isExhaustive;
    private readonly int _cause;
    private readonly Counter _moves;

    /// <summary>By workload: pods that a zone may have more than another; 0: it is not looked after.</summary>
    private readonly ImmutableArray<int> _maxSkew;

    /// <summary>By workload and zone: there are places for nodes that it may use.</summary>
    private readonly ImmutableArray<bool> _isEligible;
    private readonly State<Loop> _loop;

    /// <summary>Workloads that are known to be spread badly, in no order, and how many they are.</summary>
    private readonly State<int> _bad;
    private readonly State<int> _badCount;

    /// <summary>By workload: its place among them plus 1, 0 for none.</summary>
    private readonly State<int> _placeOf;

    /// <param name="builder">The model to join.</param>
    /// <param name="every">Period of its passes (chart default: 5 min).</param>
    /// <param name="nodes">Node objects.</param>
    /// <param name="workloads">Workloads; those spread by zone are looked after.</param>
    /// <param name="pods">The eviction API.</param>
    /// <param name="bindings">Where pods are.</param>
    /// <param name="spread">How they are spread.</param>
    /// <param name="control">What must work.</param>
    /// <param name="fidelity">Whether passes that move nothing are simulated.</param>
    public Descheduler(
        ModelBuilder builder, SimDuration every, NodeObjects nodes, WorkloadSet workloads, IPods pods, IBindings bindings, ISpread spread,
        ControlPlane control, Fidelity fidelity = Fidelity.Elided)
        : base(builder, "descheduler", 1, 1)
    {
        _every = every;
        _nodes = nodes;
        _workloads = workloads;
        _pods = pods;
        _bindings = bindings;
        _spread = spread;
        _api = control.Api;
        _isExhaustive = fidelity == Fidelity.Exhaustive;
        _cause = builder.Cause("descheduler");
        _moves = builder.Counter("descheduler.moves");
        _maxSkew = [.. workloads.Options.Select(MaxSkewOf)];
        HashSet<(int Pool, int Zone)> places = [.. nodes.Set.Options.Select(n => (n.Pool, n.Zone))];
        _isEligible = [.. workloads.Options.SelectMany(w => Enumerable.Range(0, Zones).Select(
            zone => places.Any(p => p.Zone == zone && (w.Pools.IsEmpty || w.Pools.Contains(p.Pool)) && (w.Zones.IsEmpty || w.Zones.Contains(zone)))))];
        _loop = NewState<Loop>(1);
        _bad = NewState<int>(workloads.Options.Length);
        _badCount = NewState<int>(1);
        _placeOf = NewState<int>(workloads.Options.Length);
        nodes.WatchedBy(this);
    }

    private int Zones => _nodes.Set.Zones.Length;

    /// <inheritdoc/>
    public void Bound(int pod, int node)
    {
        int workload = _workloads.WorkloadOf[pod];
        if (_maxSkew[workload] > 0)
        {
            Judge(workload);
        }
        // Pods of others may wish to be near it.
        HasChanged();
    }

    /// <inheritdoc/>
    public void Unbound(int pod, int node)
    {
        int workload = _workloads.WorkloadOf[pod];
        if (_maxSkew[workload] > 0 && Judge(workload))
        {
            HasChanged();
        }
    }

    /// <inheritdoc/>
    public void Relaxed(int workload)
    {
        if (_placeOf[workload] > 0)
        {
            HasChanged();
        }
    }

    void INodeRoomWatcher.RoomChanged(int node, bool isMore)
    {
        if (isMore)
        {
            HasChanged();
        }
    }

    void INodeRoomWatcher.RegistrationChanged(int node) => HasChanged();

    void INodeRoomWatcher.Thinned(int workload) => HasChanged();

    protected override void Start()
    {
        _loop[0].Phase = SimDuration.FromSeconds(DrawsFor(0, Phase, 0).NextUniform() * _every.Seconds).Nanoseconds;
        ArmAt(0, 0, new SimTime(_loop[0].Phase));
    }

    protected override void OnTimer(int slot, int timer)
    {
        Simulation.Resume(default);
        // While the API is down nobody can tell what has changed.
        if (!Simulation.Signals[_api] || Pass() || _isExhaustive)
        {
            ArmNext();
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_loop[0].HasLooked ? 1 : 0);
        writer.Add((Now.Nanoseconds - _loop[0].Phase) % _every.Nanoseconds);
        for (int workload = 0; workload < _placeOf.Count; workload++)
        {
            writer.Add(_placeOf[workload] > 0 ? 1 : 0);
        }
    }

    /// <returns>Whether pods have been evicted.</returns>
    private bool Pass()
    {
        if (_isExhaustive || !_loop[0].HasLooked)
        {
            _loop[0].HasLooked = true;
            for (int workload = 0; workload < _maxSkew.Length; workload++)
            {
                if (_maxSkew[workload] > 0)
                {
                    Judge(workload);
                }
            }
        }
        bool hasMoved = false;
        // Downwards: whoever is spread well leaves, which a move may bring about at once, and the last one takes its place.
        for (int i = _badCount[0] - 1; i >= 0; i--)
        {
            int workload = _bad[i];
            if (Judge(workload))
            {
                hasMoved |= Move(workload);
            }
        }
        Simulation.Resume(default);
        return hasMoved;
    }

    /// <summary>Finds out whether a workload is spread badly.</summary>
    private bool Judge(int workload)
    {
        int most = 0;
        int fewest = int.MaxValue;
        for (int zone = 0; zone < Zones; zone++)
        {
            if (IsEligible(workload, zone))
            {
                int count = _spread.CountIn(workload, zone);
                most = Math.Max(most, count);
                fewest = Math.Min(fewest, count);
            }
        }
        bool isBad = most > 0 && most - fewest > _maxSkew[workload];
        if (isBad != _placeOf[workload] > 0)
        {
            if (isBad)
            {
                _bad[_badCount[0]] = workload;
                _placeOf[workload] = ++_badCount[0];
            }
            else
            {
                int last = _bad[--_badCount[0]];
                _bad[_placeOf[workload] - 1] = last;
                _placeOf[last] = _placeOf[workload];
                _placeOf[workload] = 0;
            }
        }
        return isBad;
    }

    /// <summary>Evicts as many pods as bring a workload's zones together, if all of them go where they should.</summary>
    /// <returns>Whether there were any.</returns>
    private bool Move(int workload)
    {
        Span<int> counts = stackalloc int[Zones];
        for (int zone = 0; zone < Zones; zone++)
        {
            counts[zone] = IsEligible(workload, zone) ? _spread.CountIn(workload, zone) : -1;
        }
        bool hasMoved = false;
        while (FindMove(workload, counts, out int from, out int to))
        {
            int pod = LastIn(workload, from);
            if (pod < 0)
            {
                break;
            }
            if (!hasMoved)
            {
                Simulation.Raise(_cause);
            }
            if (!_pods.TryEvict(pod))
            {
                break;
            }
            hasMoved = true;
            counts[from]--;
            counts[to]++;
            Simulation.Count(_moves);
        }
        return hasMoved;
    }

    /// <summary>The fullest zone, and the emptiest one that has room; false if they are alike.</summary>
    private bool FindMove(int workload, ReadOnlySpan<int> counts, out int from, out int to)
    {
        from = -1;
        to = -1;
        for (int zone = 0; zone < counts.Length; zone++)
        {
            if (counts[zone] >= 0 && (from < 0 || counts[zone] > counts[from]))
            {
                from = zone;
            }
            if (counts[zone] >= 0 && (to < 0 || counts[zone] < counts[to]) && _spread.HasRoom(workload, zone))
            {
                to = zone;
            }
        }
        return to >= 0 && counts[from] - counts[to] > _maxSkew[workload];
    }

    /// <summary>The pod of a workload with the highest ordinal in a zone; −1 for none.</summary>
    private int LastIn(int workload, int zone)
    {
        for (int pod = _workloads.FirstPod[workload + 1] - 1; pod >= _workloads.FirstPod[workload]; pod--)
        {
            int node = _bindings.NodeOf(pod);
            if (node >= 0 && _nodes.Set.Options[node].Zone == zone)
            {
                return pod;
            }
        }
        return -1;
    }

    /// <summary>The tightest of a workload's constraints by zone; 0 if it has none, or its volumes cannot follow.</summary>
    private static int MaxSkewOf(WorkloadOptions workload)
    {
        if (workload.Volume is { BoundToZone: true })
        {
            return 0;
        }
        IEnumerable<int> skews = workload.Spread.Where(s => s is { By: SpreadBy.Zone, IsAntiAffinity: false }).Select(s => s.MaxSkew);
        return skews.DefaultIfEmpty(0).Min();
    }

    private bool IsEligible(int workload, int zone) => _isEligible[(workload * Zones) + zone];

    private void HasChanged()
    {
        if (_badCount[0] > 0 && !IsArmed(0, 0))
        {
            ArmNext();
        }
    }

    private void ArmNext() =>
        ArmAt(0, 0, new SimTime(new PeriodicLoop(_loop[0].Phase, _every.Nanoseconds).Next(PassedUntil(0, 0))));

    private struct Loop
    {
        /// <summary>Instant of the first pass, nanoseconds.</summary>
        public long Phase;

        /// <summary>It has looked at all workloads once.</summary>
        public bool HasLooked;
    }
}
