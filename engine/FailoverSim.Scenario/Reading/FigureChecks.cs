using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether figures are over something that has an availability, and are asked only what they can tell.</summary>
internal sealed class FigureChecks(BoundMapping file, ScenarioNames names, WorkloadLayout workloads, DiagnosticBag bag)
{
    /// <summary>The last figure over each workload, by number from 1.</summary>
    private readonly int[] _countedBy = new int[workloads.Count];
    private int _figure;

    public void Check()
    {
        foreach (var service in names.Services)
        {
            if (service.Value.TryGet(ServiceKeys.Aggregate, out var figure))
            {
                CheckMembers(service, figure);
                foreach (var key in new Key[] { ServiceKeys.Through, ServiceKeys.Timeout, ServiceKeys.UpAt }.Where(service.Value.IsWritten))
                {
                    bag.Error(service.Value.KeyMark(key), Codes.KeysExclude, $"'{key.Name}' is for requests, and a figure sends none", "remove it");
                }
            }
        }
        foreach (var slo in file.Named(ScenarioKeys.Slo))
        {
            if (slo.Value.TryGet(ServiceKeys.Require, out var require) && require.Window is not null
                && slo.Value.Optional(ServiceKeys.Service) is { } service
                && names.Service(service)?.Value.Optional(ServiceKeys.Aggregate) is { What: not AggregateKind.AllOf })
            {
                bag.Error(slo.Value.Scalar(ServiceKeys.Require)!.Mark, Codes.NoFigureOver,
                    $"'{service}' is a level or a quantile and has no outages", "write 'objective' and 'window', or ask it of all-of(NAME)");
            }
        }
    }

    /// <summary>Of all figures together.</summary>
    public static long CountMembers(ScenarioNames names, WorkloadLayout workloads) =>
        names.Services.Sum(service => service.Value.Optional(ServiceKeys.Aggregate)?.Members.Sum(member => (long?)workloads.RangeOf(member.Name)?.Count ?? 1) ?? 0);

    /// <summary>The members by name, written out.</summary>
    public static IEnumerable<string> Members(FigureText figure, WorkloadLayout workloads) =>
        figure.Members.SelectMany(member => member.Name == WorkloadKeys.All ? workloads.Copies.Select(copy => copy.Name)
            : workloads.Find(member.Name)?.Select(copy => copy.Name) ?? [member.Name]);

    private void CheckMembers(NamedItem service, FigureText figure)
    {
        var source = service.Value.Scalar(ServiceKeys.Aggregate)!.Source;
        var others = new HashSet<string>(StringComparer.Ordinal);
        _figure++;
        foreach (var (name, index) in figure.Members)
        {
            var copies = workloads.RangeOf(name);
            if (name == WorkloadKeys.All && workloads.Groups.Count == 0 && names.Knows(ScenarioKeys.Workloads))
            {
                bag.Error(source.At(index), Codes.NoFigureOver, "there are no workloads", "define some under 'workloads'");
            }
            else if (copies is null && names.Service(name) is { } other)
            {
                if (other.Value.Has(ServiceKeys.Aggregate))
                {
                    bag.Error(source.At(index), Codes.NoFigureOver, $"'{name}' is itself a figure over several", "name what it is over");
                }
                else
                {
                    bag.Error(source.At(index), Codes.NotSimulatedYet, $"a figure over services such as '{name}' is part of the language but not simulated by this version yet",
                        "name workloads, or join services in an 'up-when'");
                }
            }
            else if (copies is null && (workloads.IsWhole || workloads.Groups.Count == 0) && names.Knows(ScenarioKeys.Workloads) && names.Knows(ScenarioKeys.Services))
            {
                bag.Error(source.At(index), Codes.UnknownName, $"there is no workload or service '{name}'",
                    Suggestion.For(name, names.Workloads.Select(item => item.Name).Append(WorkloadKeys.All)
                        .Concat(names.Services.Where(item => item != service).Select(item => item.Name)), "define it under 'workloads'"));
            }
            if (copies is { } range ? Count(range) : !others.Add(name))
            {
                bag.Error(source.At(index), Codes.ListedTwice, $"'{name}' is counted twice", "keep it once");
            }
        }
    }

    /// <returns>Whether one of them was counted before.</returns>
    private bool Count(WorkloadRange workloads)
    {
        var counted = _countedBy.AsSpan(workloads.First, workloads.Count);
        bool twice = counted.Contains(_figure);
        counted.Fill(_figure);
        return twice;
    }
}
