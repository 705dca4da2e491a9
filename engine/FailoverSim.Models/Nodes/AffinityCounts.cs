using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Models.Scheduling;
using FailoverSim.Models.Workloads;

namespace FailoverSim.Models.Nodes;

/// <summary>Where the pods are that affinities name: how many in each zone, and, where an affinity asks for nodes, each of them.</summary>
/// <remarks>Kept only where there are affinities; a binding costs as many steps as ranges that its workload is in.</remarks>
internal sealed class AffinityCounts
{
    private readonly int _zones;
    private readonly ImmutableArray<ImmutableArray<int>> _rangesOf;
    private readonly State<int> _inZone;

    /// <summary>Per workload its pods, each as its place among those of all nodes; null where no affinity asks for nodes.</summary>
    private readonly LinkedLists? _held;

    /// <param name="builder">The model to join.</param>
    /// <param name="affinities">Of all workloads.</param>
    /// <param name="zones">Their number.</param>
    /// <param name="places">Pods that all nodes take.</param>
    public AffinityCounts(ModelBuilder builder, Affinities affinities, int zones, int places)
    {
        _zones = zones;
        _rangesOf = affinities.RangesOf;
        _inZone = new State<int>(affinities.Ranges.Length * zones);
        builder.Register(_inZone);
        _held = affinities.NamesNodes ? new LinkedLists(builder, places, _rangesOf.Length) : null;
    }

    public int CountIn(int range, int zone) => _inZone[(range * _zones) + zone];

    /// <summary>Place of a first pod of a workload, −1 for none.</summary>
    public int First(int workload) => _held!.First(workload);

    public int Next(int place) => _held!.Next(place);

    public void Add(int workload, int zone, int place)
    {
        Change(workload, zone, 1);
        _held?.Add(workload, place);
    }

    /// <summary>A pod is gone, and that of the last place of its node gets its place.</summary>
    public void Remove(int workload, int zone, int place, int last)
    {
        Change(workload, zone, -1);
        if (_held is null)
        {
            return;
        }
        _held.Remove(place);
        if (last != place)
        {
            int moved = _held.ListOf(last);
            _held.Remove(last);
            _held.Add(moved, place);
        }
    }

    private void Change(int workload, int zone, int change)
    {
        foreach (int range in _rangesOf[workload])
        {
            _inZone[(range * _zones) + zone] += change;
        }
    }
}
