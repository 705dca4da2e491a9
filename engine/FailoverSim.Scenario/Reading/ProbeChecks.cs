using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether what services ask, and go through, is there.</summary>
internal sealed class ProbeChecks(ScenarioNames names, ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    /// <summary>The cloud's balancer leads to nodes and not to the apiservers: services of workloads go through it, and none of the apiservers.</summary>
    public static bool IsForNodesOnly(ScenarioNames names)
    {
        var probes = names.Services.Where(service => service.Value.Optional(ServiceKeys.Through) == ComponentKeys.CloudLb.Name)
            .Select(service => service.Value.Optional(ServiceKeys.Probe)).OfType<string>().ToList();
        return probes.Count > 0 && probes.TrueForAll(probe => probe.Split(' ')[0] == ProbeKind.Workload);
    }

    public void Check()
    {
        foreach (var service in names.Services)
        {
            if (service.Value.TryGet(ServiceKeys.Probe, out var probe))
            {
                CheckProbe(service, probe);
            }
            else
            {
                CheckNoProbe(service);
            }
        }
    }

    private void CheckNoProbe(NamedItem service)
    {
        if (service.Value.Has(ServiceKeys.Probe) || service.Value.Has(ServiceKeys.Aggregate))
        {
            return;
        }
        foreach (var key in new Key[] { ServiceKeys.Through, ServiceKeys.Timeout, ServiceKeys.UpAt }.Where(service.Value.IsWritten))
        {
            bag.Error(service.Value.KeyMark(key), Codes.KeyNeedsOther, $"'{key.Name}' stands without 'probe'",
                "add what is asked, such as 'probe: apiserver.write', or remove it");
        }
    }

    private void CheckProbe(NamedItem service, string probe)
    {
        var place = service.Value.Scalar(ServiceKeys.Probe)!;
        if (!layout.Exists)
        {
            bag.Error(place.Mark, Codes.KeyNeedsOther, $"the probe '{probe}' needs 'nodes'",
                "describe the machines under 'nodes', or write 'up-when'");
            return;
        }
        string component = probe.Split('.')[0];
        if (probe is ProbeKind.NodeNetwork or ProbeKind.Dns || probe.Split(' ') is [ProbeKind.Workload, _])
        {
            CheckPods(service, probe);
            return;
        }
        bool isManaged = layout.IsManaged && (component == "apiserver" || probe.EndsWith(".acting", StringComparison.Ordinal));
        if (isManaged)
        {
            if (service.Value.IsWritten(ServiceKeys.Through))
            {
                Nowhere(service.Value.Scalar(ServiceKeys.Through)?.Mark ?? service.Value.KeyMark(ServiceKeys.Through), "a managed control plane is one block, with nothing in front of it", "remove it");
            }
        }
        else if (layout.IsWhole && !layout.Runs(component))
        {
            bag.Error(place.Mark, Codes.LeadsNowhere, $"no machine runs '{component}', which '{service.Name}' asks",
                $"add {component} to 'runs' of a pool under 'nodes'");
        }
        else if (layout.IsWhole && component == "vip" && !layout.Runs("apiserver"))
        {
            Nowhere(place.Mark, "the address of 'vip' leads to apiservers, and no machine runs one", "add apiserver to 'runs' of a pool");
        }
        if (!isManaged && service.Value.TryGet(ServiceKeys.Through, out var through))
        {
            CheckWay(service.Value.Scalar(ServiceKeys.Through)!, component, through);
        }
        if (component == "apiserver" && service.Value.TryGet(ServiceKeys.UpAt, out _))
        {
            bag.Error(service.Value.KeyMark(ServiceKeys.UpAt), Codes.NotSimulatedYet,
                "'up-at' is part of the language but not simulated by this version yet",
                "remove it: the service is up while any request can be answered");
        }
        if (component != "apiserver")
        {
            foreach (var key in new Key[] { ServiceKeys.Timeout, ServiceKeys.UpAt }.Where(service.Value.IsWritten))
            {
                bag.Error(service.Value.KeyMark(key), Codes.KeysExclude,
                    $"'{key.Name}' is for requests, and '{probe}' sends none", "remove it, or probe apiserver.write");
            }
        }
    }

    private void CheckPods(NamedItem service, string probe)
    {
        var place = service.Value.Scalar(ServiceKeys.Probe)!;
        string? name = probe.Split(' ') is [_, var workload] ? workload : null;
        if (layout.IsWhole && !layout.TakesPods)
        {
            bag.Error(place.Mark, Codes.LeadsNowhere, $"no pool takes pods, and '{service.Name}' asks '{probe}'",
                "add 'cpu' or 'memory' to a pool under 'nodes'");
        }
        else if (name is not null && workloads.Find(name) is { Count: > 1 } several)
        {
            bag.Error(place.Source.At(probe.Length - name.Length), Codes.SeveralWorkloads, $"'{name}' are {several.Count} workloads",
                $"write one of them, such as workload {several[0].Name}, or 'aggregate: mean-over({name})'");
        }
        else if (name is not null && workloads.IsWhole && workloads.Find(name) is null && names.Knows(ScenarioKeys.Workloads))
        {
            bag.Error(place.Source.At(probe.Length - name.Length), Codes.UnknownName, $"there is no workload '{name}'",
                Suggestion.For(name, workloads.Names, "define it under 'workloads'"));
        }
        foreach (var key in new Key[] { ServiceKeys.Through, ServiceKeys.UpAt, ServiceKeys.Timeout }
            .Where(key => service.Value.IsWritten(key) && !(key == ServiceKeys.Timeout && probe != ProbeKind.NodeNetwork)
                && !(key == ServiceKeys.Through && name is not null)))
        {
            bag.Error(service.Value.KeyMark(key), Codes.KeysExclude, $"'{key.Name}' is for requests to apiservers, and '{probe}' sends none", "remove it");
        }
        if (name is not null && service.Value.TryGet(ServiceKeys.Through, out var through)
            && through != ComponentKeys.CloudLb.Name && through != ProbeKind.Dns)
        {
            bag.Error(service.Value.Scalar(ServiceKeys.Through)!.Mark, Codes.LeadsNowhere, $"'{through}' leads to apiservers, not to workloads",
                "write cloud-lb for a Service of type LoadBalancer, dns if it is asked by its name, or remove it");
        }
    }

    private void CheckWay(BoundScalar place, string component, string through)
    {
        if (component != "apiserver")
        {
            bag.Error(place.Mark, Codes.KeysExclude, $"'through' leads to apiservers, not to '{component}'", "remove it");
            return;
        }
        if (through == ProbeKind.Dns)
        {
            bag.Error(place.Mark, Codes.KeysExclude, "by 'dns' workloads are found, not apiservers", "remove it, or probe a workload");
            return;
        }
        if (!layout.IsWhole || through == ComponentKeys.CloudLb.Name)
        {
            return;
        }
        if (!layout.Runs(through))
        {
            Nowhere(place.Mark, $"no machine runs '{through}'", $"add {through} to 'runs' of a pool, or go through something else");
        }
        else if (through == "vip" && !layout.Together("vip", "apiserver"))
        {
            Nowhere(place.Mark, "the address of 'vip' leads to the apiserver of its machine, and none of them has one",
                "run vip on the machines of the apiservers");
        }
        else if (through == "keepalived" && !layout.Together("keepalived", "haproxy")
            && !layout.Together("keepalived", "nginx"))
        {
            Nowhere(place.Mark, "the address of 'keepalived' leads to a balancer on its machine, and none of them has one",
                "run haproxy beside keepalived");
        }
    }

    private void Nowhere(Mark mark, string message, string remedy) =>
        bag.Error(mark, Codes.LeadsNowhere, message, remedy);
}
