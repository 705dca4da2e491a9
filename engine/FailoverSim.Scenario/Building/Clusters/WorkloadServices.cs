using FailoverSim.Kernel;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>Workloads as services: one by one, and figures over many.</summary>
internal sealed class WorkloadServices
{
    private readonly ModelBuilder _builder;
    private readonly DataPlane _plane;
    private readonly Fleet? _fleet;

    public WorkloadServices(ModelBuilder builder, ClusterModel cluster)
    {
        _builder = builder;
        _plane = cluster.DataPlane!;
        List<FleetMember> members = [];
        foreach (WorkloadGroupSpec group in cluster.Spec.Workloads)
        {
            foreach (string name in group.Copies.Select(copy => copy.Name))
            {
                int workload = _plane.WorkloadOf(name);
                members.Add(new FleetMember(
                    name, group.Name, _plane.Workloads.Up[workload], _plane.ControlPlane.Support, _plane.Endpoints.Answered(workload)));
            }
        }
        _fleet = members.Count == 0 ? null : builder.Fleet("workloads", members);
    }

    /// <summary>Declares a figure over several workloads.</summary>
    public void Add(string name, AggregateSpec aggregate, IReadOnlyList<Objective> objectives)
    {
        List<int> members = [.. aggregate.Members.Select(_plane.WorkloadOf).Order()];
        switch (aggregate.Kind)
        {
            case AggregateKind.MeanOver:
                _builder.MeanOver(name, _fleet!, members, objectives);
                break;
            case AggregateKind.Quantile:
                _builder.QuantileOver(name, _fleet!, members, aggregate.Quantile, objectives);
                break;
            default:
                Signal up = _builder.Gate(name, members.Count, [.. members.Select(m => _plane.Workloads.Up[m])]);
                _builder.Service(name, up, _plane.ControlPlane.Support, objectives);
                break;
        }
    }
}
