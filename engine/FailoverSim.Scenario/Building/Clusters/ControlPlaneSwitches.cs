using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Apiserver;
using FailoverSim.Models.Cluster;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building.Clusters;

/// <summary>What the data plane needs of the control plane, as signals: of a managed one, of a simulated one, or of an ideal one where the file has none.</summary>
internal sealed class ControlPlaneSwitches
{
    /// <summary>What leads kubelets to the API, the outermost first.</summary>
    private static readonly string[] Ways = ["vip", "keepalived", "cloud-lb", "haproxy", "nginx"];

    /// <summary>Who must work for a pod to be replaced.</summary>
    private static readonly string[] Healers = ["controller-manager", "scheduler"];

    private readonly ModelBuilder _builder;
    private readonly ClusterModel _cluster;
    private readonly bool _linksFail;
    private readonly Dictionary<string, Signal> _fromZone = [];
    private readonly Dictionary<string, Signal> _waysFrom = [];

    public ControlPlaneSwitches(ModelBuilder builder, ClusterModel cluster, ClusterSpec spec)
    {
        _builder = builder;
        _cluster = cluster;
        _linksFail = spec.Faults.Any(f => f.Targets.Any(t => t.Kind == TargetKind.ZoneLink));
        if (cluster.ManagedControlPlane is { } managed)
        {
            (Switches, Support) = (managed, managed.Controllers);
            return;
        }
        Signal api = ApiOf(spec);
        Switches = new ControlPlane(
            api,
            ActingOf("controller-manager", api),
            ActingOf("scheduler", api),
            ActingOf("cloud-controller-manager", api),
            cluster.DomainOf("cloud-api") ?? cluster.Always);
        Support = SupportOf(api);
    }

    public ControlPlane Switches { get; }

    /// <summary>What must work for pods to be moved and published without anybody's help.</summary>
    public Signal Support { get; }

    /// <summary>A write that is sent from a zone is committed, as far as the ways between zones go.</summary>
    public Signal ApiFrom(string zone)
    {
        if (!_fromZone.TryGetValue(zone, out Signal signal))
        {
            signal = _cluster.Apiservers is { } apiservers
                ? _builder.Gate($"api-from/{zone}", 2, Switches.Api, AnyIn(zone, apiservers))
                : Switches.Api;
            _fromZone[zone] = signal;
        }
        return signal;
    }

    /// <summary>Packets go from a zone to one with an apiserver and back; null where nothing can cut that way.</summary>
    public Signal? WayToApiFrom(string zone)
    {
        if (_cluster.Apiservers is not { } apiservers || !_linksFail)
        {
            return null;
        }
        if (!_waysFrom.TryGetValue(zone, out Signal signal))
        {
            signal = _builder.Gate(
                $"way-to-api/{zone}",
                1,
                [.. apiservers.Processes.Signals.Select(p => p.Machine.Zone).Distinct().Select(there => _builder.Gate(
                    $"way-to-api/{zone}-{there}", 2, _cluster.Network.Way(zone, there), _cluster.Network.Way(there, zone)))]);
            _waysFrom[zone] = signal;
        }
        return signal;
    }

    private Signal AnyIn(string zone, ApiserverSet apiservers) => _builder.Gate(
        $"apiservers-from/{zone}",
        1,
        [.. apiservers.Serves.Select((serves, i) =>
        {
            string there = apiservers.Processes.Signals[i].Machine.Zone;
            return _builder.Gate(
                $"apiserver-{i + 1}-from/{zone}", 3, serves, _cluster.Network.Way(zone, there), _cluster.Network.Way(there, zone));
        })]);

    private Signal ApiOf(ClusterSpec spec)
    {
        if (_cluster.Apiservers is not { } apiservers)
        {
            return _cluster.CanWrite;
        }
        string? through = Ways.FirstOrDefault(way => Has(spec, way));
        Signal?[] parts = through is null
            ? [_cluster.CanWrite, _builder.Gate("api.any", 1, [.. apiservers.TakesIn])]
            : [_cluster.CanWrite, _cluster.Ways[through].Behind, _cluster.Ways[through].Reaches];
        Signal[] needed = [.. parts.OfType<Signal>().Distinct()];
        return needed.Length == 1 ? needed[0] : _builder.Gate("api", needed.Length, needed);
    }

    private bool Has(ClusterSpec spec, string way) => way == "cloud-lb" ? spec.CloudLb is { InFrontOfApiservers: true } : _cluster.Runs(way);

    private Signal ActingOf(string component, Signal api) => _cluster.Runs(component)
        ? _builder.Gate($"{component}.acts", 2, api, _cluster.LeaseOf(component).Acting)
        : api;

    private Signal SupportOf(Signal api)
    {
        List<Signal> needed = [];
        if (_cluster.Etcd is { } etcd)
        {
            needed.Add(etcd.Signals.Quorum);
        }
        needed.AddRange(Healers.Where(_cluster.Runs).Select(_cluster.SupportOf));
        if (needed.Count == 0)
        {
            return api;
        }
        return _builder.Gate("workloads.support", needed.Count, [.. needed]);
    }
}
