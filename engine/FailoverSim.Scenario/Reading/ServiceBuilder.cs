using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Turns expressions over names into counts of copies; services named in them are written out.</summary>
internal sealed class ServiceBuilder(ScenarioNames names, WorkloadLayout workloads)
{
    private readonly Dictionary<string, UpWhen> _built = new(StringComparer.Ordinal);

    public IReadOnlyList<ServiceSpec> Build() =>
        [.. names.Services.Select(service => service.Value.TryGet(ServiceKeys.Probe, out var probe)
            ? new ServiceSpec(service.Name, null, Probe(service.Value, probe))
            : service.Value.TryGet(ServiceKeys.Aggregate, out var figure)
            ? new ServiceSpec(service.Name, null, null, Aggregate(figure))
            : new ServiceSpec(service.Name, Service(service.Name)))];

    private AggregateSpec Aggregate(FigureText figure) =>
        new(figure.What, [.. FigureChecks.Members(figure, workloads)], (double)figure.Quantile);

    private ProbeSpec Probe(BoundMapping service, string what) => new(
        what.Split(' ')[0],
        service.Optional(ServiceKeys.Through),
        service.TryGet(ServiceKeys.Timeout, out var timeout) ? timeout : null,
        service.TryGet(ServiceKeys.UpAt, out var upAt) ? (double)upAt : null,
        what.Split(' ') is [_, var workload] ? workloads.Find(workload)![0].Name : null);

    private UpWhen Service(string name)
    {
        if (!_built.TryGetValue(name, out var expression))
        {
            expression = Expression(names.Service(name)!.Value.Get(ServiceKeys.UpWhen));
            _built.Add(name, expression);
        }
        return expression;
    }

    private UpWhen Expression(UpWhenText text) => text switch
    {
        UpWhenText.Named named when names.CountOf(named.Name) is { } count =>
            new UpWhen.Copies(named.Name, named.Quantity.Of(count)),
        UpWhenText.Named named => Service(named.Name),
        UpWhenText.Group group =>
            new UpWhen.AtLeast(group.Quantity.Of(group.Parts.Count), [.. group.Parts.Select(Expression)]),
        _ => throw new InvalidOperationException("An expression has two forms."),
    };
}
