using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Timers that contradict each other, and settings that do not fit the layout.</summary>
internal sealed class ComponentChecks(BoundMapping file, ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    private const long LongestElection = 50 * SimDuration.NanosecondsPerSecond;

    private readonly BoundMapping? _components = file.Child(ScenarioKeys.Components);

    public void Check()
    {
        foreach (var key in new Key[] { ScenarioKeys.Topology, ScenarioKeys.Components, ScenarioKeys.ControlPlane, ScenarioKeys.Workloads, ScenarioKeys.Faults, ScenarioKeys.Maintenance }
            .Where(key => file.IsWritten(key) && !layout.Exists))
        {
            bag.Error(file.KeyMark(key), Codes.KeyNeedsOther, $"'{key.Name}' needs 'nodes'",
                "describe the machines under 'nodes', or remove it");
        }
        CheckRoundTrips();
        if (_components is null)
        {
            return;
        }
        foreach (var key in ComponentKeys.LeaderElected.Append(ComponentKeys.Vip))
        {
            CheckLease(key.Name, _components.Child(key)?.Child(ControlPlaneKeys.Lease));
        }
        CheckEtcd(_components.Child(ComponentKeys.Etcd));
        CheckApiserver(_components.Child(ComponentKeys.Apiserver));
        CheckKeepalived(_components.Child(ComponentKeys.Keepalived));
        if (_components.Child(ComponentKeys.Vip) is { } vip)
        {
            CheckOrder(vip, ControlPlaneKeys.BgpKeepalive, ControlPlaneKeys.BgpHold);
        }
        CheckNodes(_components);
        CheckDns(_components);
        if (_components.Child(ComponentKeys.Kubelet)?.Child(EdgeKeys.CrashLoop) is { } crashLoop)
        {
            CheckOrder(crashLoop, EdgeKeys.BackoffFirst, EdgeKeys.BackoffMax);
        }
    }

    private void CheckNodes(BoundMapping components)
    {
        if (components.Child(ComponentKeys.Scheduler) is { } scheduler)
        {
            CheckOrder(scheduler, NodeKeys.InitialBackoff, NodeKeys.MaxBackoff);
        }
        if (components.Child(ComponentKeys.ControllerManager) is { } controllers)
        {
            CheckRate(controllers, NodeKeys.EvictionRate, ofBytes: false, "write like 0.1/s");
            CheckRate(controllers, NodeKeys.SecondaryEvictionRate, ofBytes: false, "write like 0.01/s");
        }
        if (components.Child(ComponentKeys.Cni) is { } cni && cni.Optional(NodeKeys.CniKind) is { } kind)
        {
            string[] modes = kind switch { "calico" => ["bgp", "ipip", "vxlan"], "flannel" => ["vxlan", "host-gw"], _ => [] };
            string? mode = cni.Optional(NodeKeys.CniMode);
            if (mode is not null && !modes.Contains(mode))
            {
                bag.Error(cni.Scalar(NodeKeys.CniMode)!.Mark, Codes.KeysExclude, $"'{kind}' has no mode '{mode}'",
                    modes.Length > 0 ? $"write one of {string.Join(", ", modes)}" : "write 'kind: calico' or 'kind: flannel', or remove 'mode'");
            }
            foreach (var key in NodeKeys.Bgp.Where(key => cni.IsWritten(key) && !(kind == "calico" && mode is "bgp" or "ipip")))
            {
                bag.Error(cni.KeyMark(key), Codes.KeysExclude, $"'{key.Name}' is for sessions between calico's agents, which there are none of",
                    "write 'kind: calico' with 'mode: bgp', or remove it");
            }
        }
    }

    private void CheckDns(BoundMapping components)
    {
        if (components.Child(ComponentKeys.Dns) is not { } dns || !dns.TryGet(NodeKeys.DnsWorkload, out var name) || !layout.TakesPods)
        {
            return;
        }
        var place = dns.Scalar(NodeKeys.DnsWorkload)!.Mark;
        if (workloads.Find(name) is { Count: > 1 } several)
        {
            place = place.IsDefault ? workloads.Groups.First(group => group.Name == name).Item.Mark : place;
            bag.Error(place, Codes.SeveralWorkloads, $"'{name}' are {several.Count} workloads, and one answers lookups",
                $"write one of them, such as 'workload: {several[0].Name}'");
        }
        else if (workloads.IsWhole && workloads.Find(name) is null)
        {
            bag.Error(place, Codes.UnknownName, $"there is no workload '{name}'",
                Suggestion.For(name, workloads.Names, "define it under 'workloads', or leave 'workload' out"));
        }
    }

    private void CheckRoundTrips()
    {
        var rtt = file.Child(ScenarioKeys.Topology)?.Child(TopologyKeys.Rtt);
        foreach (var pair in (rtt?.Others ?? []).Where(pair => layout.LinkOf(pair.Name) is null && layout.Zones.Count > 0))
        {
            bag.Error(pair.Mark, Codes.UnknownName, $"there is no pair of zones '{pair.Name}'",
                Suggestion.For(pair.Name, layout.Links.Select(link => link.Name).Concat(["inside-zone", "between-zones"]), ""));
        }
    }

    /// <summary>client-go refuses to start otherwise.</summary>
    private void CheckLease(string component, BoundMapping? lease)
    {
        if (lease is null || !lease.TryGet(ControlPlaneKeys.LeaseDuration, out var duration)
            || !lease.TryGet(ControlPlaneKeys.RenewDeadline, out var deadline)
            || !lease.TryGet(ControlPlaneKeys.Retry, out var retry))
        {
            return;
        }
        if (duration <= deadline)
        {
            bag.Error(Written(lease, ControlPlaneKeys.RenewDeadline, ControlPlaneKeys.LeaseDuration), Codes.LeaseTimers,
                $"the lease of '{component}' lasts {DurationText.Write(duration)}, and its holder gives up only after {DurationText.Write(deadline)}",
                $"write a 'renew-deadline' shorter than the 'duration'");
        }
        if (deadline.Nanoseconds * 5m <= retry.Nanoseconds * 6m)
        {
            bag.Error(Written(lease, ControlPlaneKeys.Retry, ControlPlaneKeys.RenewDeadline), Codes.LeaseTimers,
                $"'{component}' tries again after {DurationText.Write(retry)}, and gives up after {DurationText.Write(deadline)}",
                "write a 'renew-deadline' longer than 1.2 × 'retry'");
        }
    }

    private void CheckEtcd(BoundMapping? etcd)
    {
        if (etcd is null)
        {
            return;
        }
        if (etcd.TryGet(ControlPlaneKeys.Heartbeat, out var heartbeat)
            && etcd.TryGet(ControlPlaneKeys.ElectionTimeout, out var timeout)
            && (timeout.Nanoseconds / 5 < heartbeat.Nanoseconds || timeout.Nanoseconds > LongestElection))
        {
            bag.Error(Written(etcd, ControlPlaneKeys.ElectionTimeout, ControlPlaneKeys.Heartbeat), Codes.ElectionTimers,
                $"'election-timeout' is {DurationText.Write(timeout)} and 'heartbeat' is {DurationText.Write(heartbeat)}",
                "write at least 5 × the heartbeat, up to 50s");
        }
        CheckRate(etcd, ControlPlaneKeys.Writes, ofBytes: false, "write like 50/s");
        CheckRate(etcd, ControlPlaneKeys.ResyncRate, ofBytes: true, "write like 60MiB/s");
    }

    private void CheckRate(BoundMapping component, Key<Rate> key, bool ofBytes, string remedy)
    {
        if (component.TryGet(key, out var rate) && (rate.OfBytes != ofBytes || (ofBytes && rate.PerSecond == 0)))
        {
            bag.Error(component.Scalar(key)!.Mark, Codes.WrongUnitKind,
                $"'{key.Name}' takes {(ofBytes ? "bytes above zero" : "events")} per unit of time", remedy);
        }
    }

    private void CheckApiserver(BoundMapping? apiserver)
    {
        if (apiserver is null || !layout.IsWhole || !layout.Runs("apiserver")
            || apiserver.Optional(ControlPlaneKeys.EtcdEndpoints) != "local-member")
        {
            return;
        }
        var alone = layout.Pools.FirstOrDefault(pool => pool.Runs.Contains("apiserver") && !pool.Runs.Contains("etcd"));
        if (alone is not null && layout.Runs("etcd"))
        {
            bag.Error(apiserver.Scalar(ControlPlaneKeys.EtcdEndpoints)!.Mark, Codes.NoLocalMember,
                $"the apiservers of the pool '{alone.Name}' have no etcd member on their machines",
                "write 'etcd: all-members', or run etcd beside them");
        }
    }

    private void CheckKeepalived(BoundMapping? keepalived)
    {
        if (keepalived is null || !layout.IsWhole)
        {
            return;
        }
        var machines = layout.MachinesOf("keepalived");
        foreach (var share in (keepalived.Find(KeepalivedKeys.Priority) as BoundMap)?.Items ?? [])
        {
            if (machines.Count > 0 && !machines.Any(machine => machine.Zone == share.Name || machine.Name == share.Name))
            {
                var known = machines.Select(machine => machine.Zone).Concat(machines.Select(machine => machine.Name)).Distinct();
                bag.Error(share.Mark, Codes.UnknownName, $"no machine that runs keepalived is, or stands in, '{share.Name}'",
                    Suggestion.For(share.Name, known, ""));
            }
        }
        if (keepalived.Child(KeepalivedKeys.Track) is { } track && machines.Count > 0
            && track.Optional(KeepalivedKeys.Script) is { } script
            && !layout.Together("keepalived", "haproxy") && !layout.Together("keepalived", "nginx"))
        {
            bag.Error(track.Scalar(KeepalivedKeys.Script)!.Mark, Codes.KeyNeedsOther,
                $"'{script}' asks the balancer beside keepalived, and there is none", "run haproxy beside keepalived, or remove 'track'");
        }
    }

    private void CheckOrder(BoundMapping mapping, Key<SimDuration> shorter, Key<SimDuration> longer)
    {
        if (mapping.TryGet(shorter, out var less) && mapping.TryGet(longer, out var more) && less > more)
        {
            bag.Error(Written(mapping, longer, shorter), Codes.DurationOutOfRange,
                $"'{longer.Name}' is {DurationText.Write(more)} and '{shorter.Name}' is {DurationText.Write(less)}",
                $"write a '{longer.Name}' of at least '{shorter.Name}'");
        }
    }

    /// <summary>Place of the first of the values that the file itself holds.</summary>
    private static Mark Written(BoundMapping mapping, params Key[] keys) =>
        keys.Select(key => mapping.Find(key)!.Mark).FirstOrDefault(mark => !mark.IsDefault, mapping.Find(keys[0])!.Mark);
}
