using FailoverSim.Scenario.Catalogue;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>
/// Writes into the tree what the catalogues say of keys that the file leaves out, each with its source in the place of a
/// line. Whatever is malformed is left as it is: the binder tells it.
/// </summary>
internal sealed class Completion
{
    private static readonly Mark Plain = new(Mark.DefaultFile, 1, 1);

    private readonly VersionsInUse _versions;
    private readonly IReadOnlyList<IReadOnlyList<string>> _runs;
    private readonly IReadOnlyList<string> _forPods;
    private YamlMapping _file;

    private Completion(YamlMapping file, YamlMapping pools)
    {
        _file = file;
        _versions = VersionsInUse.Of(file);
        _runs = [.. pools.Entries.Select(pool => TextsOf((pool.Value as YamlMapping)?.Find(TopologyKeys.Runs.Name)?.Value))];
        _forPods = [.. pools.Entries.Where(pool => pool.Value is YamlMapping mapping && PodCompletion.TakesPods(mapping)).Select(pool => pool.Key.Text)];
    }

    public static YamlNode Of(YamlNode root) =>
        root is YamlMapping file && file.Find(ScenarioKeys.Nodes.Name)?.Value is YamlMapping pools
            ? new Completion(file, pools).Whole() : root;

    private YamlMapping Whole()
    {
        if (_file.Find(ScenarioKeys.Topology.Name) is null && !_file.IsIncomplete)
        {
            _file = _file.With(YamlScalar.Of(Plain, ScenarioKeys.Topology.Name), new YamlMapping(Plain, []));
        }
        foreach (var settings in TimerCatalogue.Components)
        {
            Component(settings);
        }
        if (IsThere(ComponentKeys.Apiserver.Name))
        {
            // As kubeadm lays them out: a member beside each apiserver serves that one, others serve all.
            bool stacked = _runs.Where(runs => runs.Contains("apiserver")).All(runs => runs.Contains("etcd"));
            Fill("components.apiserver.etcd", stacked ? "local-member" : "all-members",
                Mark.Derived($"kubeadm's {(stacked ? "stacked" : "external")} topology, cmd/kubeadm"), withParent: false);
        }
        if (_versions.Rates is not null)
        {
            var mark = Mark.Catalogue($"{_versions.Rates}, {RatesCatalogue.Boot.Remark}");
            EachBelow(ScenarioKeys.Nodes.Name, pool => With(pool, TopologyKeys.Boot.Name, RatesCatalogue.Boot.Value, mark));
        }
        if (_forPods.Count > 0)
        {
            CoreDns();
            new PodCompletion(_versions, _forPods, Find("components.apiserver") as YamlMapping).Pods(EachBelow);
        }
        EachBelow(ScenarioKeys.Faults.Name, Fault);
        RestoreQuorum();
        return _file;
    }

    /// <summary>Whether a machine runs it, or it is there without.</summary>
    private bool IsThere(string component) =>
        component == ComponentKeys.Clients.Name || component == ComponentKeys.Kubelet.Name
        || _runs.Any(runs => runs.Contains(component))
        || (component == ComponentKeys.CloudLb.Name && (Find("components.cloud-lb") is not null
            || Below(ScenarioKeys.Services.Name).Any(service =>
                service.Find(ServiceKeys.Through.Name)?.Value is YamlScalar { Text: "cloud-lb" })));

    private void Component(ComponentSettings settings)
    {
        string version = _versions.Of(settings.Product);
        bool isThere = IsThere(settings.Component);
        foreach (var setting in settings.For(version).Where(setting => setting.ForPods ? ServesPods(settings.Component, setting) : isThere))
        {
            Fill($"components.{settings.Component}.{setting.Key}", setting.Value,
                setting.Value[0] == '=' ? Mark.Derived(settings.SourceOf(setting, version))
                    : Mark.Catalogue(settings.SourceOf(setting, version)), setting.WithParent);
            if (settings.Component == ComponentKeys.Cni.Name && setting.Key == NodeKeys.CniKind.Name && CniKind is "calico" or "flannel")
            {
                Fill("components.cni.mode", CniKind == "calico" ? "bgp" : "vxlan",
                    Mark.Derived($"the usual mode of {CniKind}"), withParent: false);
            }
        }
    }

    private string? CniKind => (Find("components.cni.kind") as YamlScalar)?.Text;

    /// <summary>A setting for nodes that take pods: whoever runs the component, if it does anything.</summary>
    private bool ServesPods(string component, Setting setting) => _forPods.Count > 0
        && (component != ComponentKeys.Autoscaler.Name || Find("components.autoscaler") is not null
            || Below(ScenarioKeys.Nodes.Name).Any(pool => pool.Find(TopologyKeys.Autoscale.Name) is not null))
        && (component != ComponentKeys.Cni.Name || setting.Key == NodeKeys.CniKind.Name
            || (CniKind == "calico" && Find("components.cni.mode") is YamlScalar { Text: "bgp" or "ipip" }))
        && (component != ComponentKeys.Dns.Name || HasDns);

    private bool HasDns => Find("components.dns") is not null || Below(ScenarioKeys.Services.Name).Any(service =>
        IsDns(service.Find(ServiceKeys.Probe.Name)) || IsDns(service.Find(ServiceKeys.Through.Name)));

    private static bool IsDns(YamlEntry? entry) => entry?.Value is YamlScalar { Text: ProbeKind.Dns };

    /// <summary>What kubeadm installs to answer lookups, where nothing else does.</summary>
    private void CoreDns()
    {
        var settings = NodeSettings.CoreDns;
        if (Find("components.dns.workload") is not YamlScalar { Text: { } name } || name != settings.Component || Find($"workloads.{name}") is not null)
        {
            return;
        }
        string version = _versions.Of(settings.Product);
        foreach (var setting in settings.For(version))
        {
            Fill($"workloads.{name}.{setting.Key}", setting.Value, Mark.Catalogue(settings.SourceOf(setting, version)), withParent: false);
        }
    }

    private YamlMapping Fault(YamlMapping fault)
    {
        string head = TextsOf(fault.Find(FaultKeys.Of.Name)?.Value).FirstOrDefault("").Split('.', '@')[0];
        bool isLink = head == "zone-links";
        fault = With(fault, FaultKeys.State.Name, isLink ? "partition" : "down", Plain);
        var state = fault.Find(FaultKeys.State.Name)?.Value as YamlScalar;
        string target = head switch
        {
            "nodes" or "zones" or "zone-links" or "power" or "racks" or "cloud-api" or "workloads" => head,
            "workload" => "workloads",
            "registry" => "",
            _ => ComponentKeys.Agents.Contains(head) ? "agents" : "process",
        };
        if (_versions.Rates is not { } name || head.Length == 0
            || RatesCatalogue.Find(name)!.FirstOrDefault(row => row.Target == target && row.State == state?.Text) is not { } rates)
        {
            return fault;
        }
        var mark = Mark.Catalogue($"{name}, {rates.Remark}");
        if (!HasAny(fault, FaultKeys.Every, FaultKeys.At, FaultKeys.Chance))
        {
            fault = With(fault, FaultKeys.Every.Name, rates.Every, mark);
        }
        if (HasAny(fault, FaultKeys.Lasts, FaultKeys.Repair))
        {
            return fault;
        }
        if (rates.Lasts is { } lasts)
        {
            return With(fault, FaultKeys.Lasts.Name, lasts, mark);
        }
        var takes = new YamlEntry(YamlScalar.Of(mark, FaultKeys.Takes.Name), YamlScalar.Of(mark, rates.Repair!));
        return fault.With(YamlScalar.Of(mark, FaultKeys.Repair.Name), new YamlMapping(mark, [takes]));
    }

    /// <summary>Where members can be lost for good and nothing says how a majority is restored.</summary>
    private void RestoreQuorum()
    {
        bool canBeLost = IsThere(ComponentKeys.Etcd.Name) && Below(ScenarioKeys.Faults.Name).Any(fault =>
            fault.Find(FaultKeys.State.Name)?.Value is YamlScalar { Text: "lost-for-good" });
        if (!canBeLost || Below(ScenarioKeys.Repair.Name).Any(procedure => procedure.Find(FaultKeys.When.Name) is not null))
        {
            return;
        }
        string name = Find("repair.restore-quorum") is null ? "restore-quorum" : "restore-quorum-by-default";
        var mark = Mark.Catalogue("etcd op-guide/recovery.md with a runbook, 15 to 60 min, unverified");
        Fill($"repair.{name}.takes", "15m..60m", mark, withParent: false);
        Fill($"repair.{name}.when", "etcd.majority-lost-for-good", mark, withParent: false);
        Fill($"repair.{name}.data-loss", "up-to-last-snapshot", mark, withParent: false);
    }

    private static bool HasAny(YamlMapping mapping, params Key[] keys) =>
        mapping.IsIncomplete || keys.Any(key => mapping.Find(key.Name) is not null);

    private void Fill(string path, string value, Mark mark, bool withParent) =>
        _file = Filled(_file, path.Split('.'), value, mark, withParent);

    internal static YamlMapping Filled(YamlMapping mapping, ReadOnlySpan<string> path, string value, Mark mark, bool withParent)
    {
        if (path.Length > 1)
        {
            var entry = mapping.Find(path[0]);
            bool mayCreate = !mapping.IsIncomplete && !(withParent && path.Length == 2);
            var child = entry is not null ? entry.Value as YamlMapping : mayCreate ? new YamlMapping(mark, []) : null;
            return child is null ? mapping : mapping.With(entry?.Key ?? YamlScalar.Of(mark, path[0]),
                Filled(child, path[1..], value, mark, withParent));
        }
        return value[0] != '=' ? With(mapping, path[0], value, mark)
            : mapping.Find(value[1..])?.Value is YamlScalar sibling ? With(mapping, path[0], sibling.Text, mark)
            : mapping;
    }

    internal static YamlMapping With(YamlMapping mapping, string key, string value, Mark mark) =>
        mapping.Find(key) is null && !mapping.IsIncomplete
            ? mapping.With(YamlScalar.Of(mark, key), YamlScalar.Of(mark, value)) : mapping;

    private void EachBelow(string block, Func<YamlMapping, YamlMapping> change)
    {
        if (_file.Find(block) is { Value: YamlMapping names } entry)
        {
            var changed = names.Entries.Select(item =>
                item.Value is YamlMapping mapping ? item with { Value = change(mapping) } : item);
            _file = _file.With(entry.Key, new YamlMapping(names.Mark, [.. changed], names.IsIncomplete));
        }
    }

    private IEnumerable<YamlMapping> Below(string block) =>
        (_file.Find(block)?.Value as YamlMapping)?.Entries.Select(entry => entry.Value).OfType<YamlMapping>() ?? [];

    private YamlNode? Find(string path) => path.Split('.')
        .Aggregate((YamlNode?)_file, (node, part) => (node as YamlMapping)?.Find(part)?.Value);

    internal static IReadOnlyList<string> TextsOf(YamlNode? node) => node switch
    {
        YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        YamlScalar single => [single.Text],
        _ => [],
    };
}
