using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether each fault has one beginning, one end, victims, and a state that they can be in.</summary>
internal sealed class FaultChecks(BoundMapping file, ScenarioNames names, ClusterLayout layout, Targets targets, DiagnosticBag bag)
{
    private static readonly Key[] Beginnings = [FaultKeys.Every, FaultKeys.At, FaultKeys.Chance];
    private static readonly Key[] Endings = [FaultKeys.Lasts, FaultKeys.Repair];

    private static readonly Dictionary<TargetKind, Affliction[]> Fitting = new()
    {
        [TargetKind.Zone] = [Affliction.Down],
        [TargetKind.Rack] = [Affliction.Down],
        [TargetKind.Feed] = [Affliction.Down],
        [TargetKind.ZoneLink] = [Affliction.Partition, Affliction.Lossy, Affliction.Slow],
        [TargetKind.Machine] = [Affliction.Down, Affliction.Hang, Affliction.Slow, Affliction.Stall, Affliction.Partition,
            Affliction.Lossy, Affliction.LostForGood],
        [TargetKind.WorkloadHost] = [Affliction.Down, Affliction.Hang, Affliction.Partition, Affliction.LostForGood],
        [TargetKind.Pod] = [Affliction.Down, Affliction.Hang],
        [TargetKind.Workload] = [Affliction.Down, Affliction.Hang],
        [TargetKind.CloudApi] = [Affliction.Down],
        [TargetKind.Registry] = [Affliction.Down],
    };

    public void Check()
    {
        if (!layout.Exists)
        {
            return;
        }
        foreach (var fault in names.Faults.Where(fault => fault.Value.IsKnown))
        {
            CheckOneOf(fault, Beginnings, "every: exp(1y)", "how often it happens");
            CheckOneOf(fault, Endings, "lasts: 5m", "how it ends");
            var instants = new HashSet<SimDuration>();
            foreach (var twin in fault.Value.Items(FaultKeys.At).Where(at => !instants.Add(at.Value)))
            {
                bag.Error(twin.Mark, Codes.ListedTwice, $"'{fault.Name}' strikes twice at {DurationText.Write(twin.Value)}", "keep one of them");
            }
            CheckVictims(fault);
            CheckChance(fault);
            if (fault.Value.Scalar(FaultKeys.Repair) is { Value: string procedure } place)
            {
                names.CheckReference(place.Mark, procedure, "procedure", names.Procedures, ScenarioKeys.Repair.Name);
            }
        }
    }

    private void CheckOneOf(NamedItem fault, Key[] keys, string example, string what)
    {
        string all = string.Join(", ", keys.Select(key => $"'{key.Name}'"));
        var written = keys.Where(fault.Value.IsWritten).ToList();
        if (written.Count > 1)
        {
            bag.Error(fault.Value.KeyMark(written[1]), Codes.KeysExclude,
                $"'{fault.Name}' has both '{written[0].Name}' and '{written[1].Name}'", $"keep one of {all}");
        }
        else if (!keys.Any(fault.Value.Has))
        {
            bool rates = file.Find(ScenarioKeys.Use) is BoundRecords use && use.Items.Any(item => item.Has(UseKeys.Rates));
            bag.Error(fault.Mark, Codes.MissingKey, $"'{fault.Name}' does not say {what}: it has none of {all}",
                $"add '{example}'{(rates ? "; the rates in use tell nothing of such faults" : "")}");
        }
    }

    /// <summary>Whoever holds an address: there must be one, and somebody who holds it alone.</summary>
    private void CheckHolder(BoundScalar selector, IReadOnlyList<Target> found)
    {
        if (found is not [{ Kind: TargetKind.Role, Name: "vip.holder" or "keepalived.master" } role])
        {
            return;
        }
        string component = role.Name.Split('.')[0];
        if (layout.IsWhole && !layout.Runs("apiserver"))
        {
            bag.Error(selector.Mark, Codes.LeadsNowhere, $"the address of '{component}' leads to apiservers, and no machine runs one",
                $"add apiserver to 'runs' of a pool, or write {component}");
        }
        else if (component == "vip"
            && file.Child(ScenarioKeys.Components)?.Child(ComponentKeys.Vip)?.Optional(ControlPlaneKeys.VipKind) == "kube-vip-bgp")
        {
            bag.Error(selector.Mark, Codes.LeadsNowhere, "with kube-vip-bgp all announce the address, and none holds it",
                "write vip, or vip@MACHINE for one of them");
        }
    }

    private void CheckVictims(NamedItem fault)
    {
        var selectors = (fault.Value.Find(FaultKeys.Of) as BoundList)?.Items ?? [];
        var seen = new HashSet<Target>();
        var kinds = new HashSet<(TargetKind Kind, string Name)>();
        foreach (var selector in selectors)
        {
            var found = targets.Of(selector, Targets.IsWhole(fault.Value));
            if (found.Count > 0 && found.All(seen.Contains))
            {
                bag.Error(selector.Mark, Codes.ListedTwice, $"'{selector.Source.Text}' is struck twice by '{fault.Name}'",
                    "keep one of them");
            }
            CheckHolder(selector, found);
            seen.UnionWith(found);
            kinds.UnionWith(found.Select(target => (target.Kind, target.Kind is TargetKind.Process or TargetKind.Role ? target.Name : "")));
        }
        var ofPods = kinds.Where(kind => kind.Kind is TargetKind.Pod or TargetKind.Workload).ToList();
        if (fault.Value.IsWritten(FaultKeys.Share) && ofPods.Count < kinds.Count)
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Share), Codes.ShareOfWorkloads, "'share' is for faults of workloads",
                "remove it, or write 'of: workloads.NAME'");
        }
        else if (fault.Value.IsWritten(FaultKeys.Share) && fault.Value.IsWritten(FaultKeys.Scope))
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Share), Codes.KeysExclude, $"'{fault.Name}' has both 'scope' and 'share'", "keep one of them");
        }
        if (fault.Value.IsWritten(FaultKeys.Chance) && ofPods.Count > 0)
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Chance), Codes.NotSimulatedYet,
                "'chance' for workloads is part of the language but not simulated by this version yet", "write 'every' or 'at'");
        }
        if (fault.Value.TryGet(FaultKeys.State, out var state))
        {
            CheckState(fault, state, kinds);
        }
        if (fault.Value.IsWritten(FaultKeys.Direction) && kinds.Count > 0 && kinds.Any(kind => kind.Kind != TargetKind.ZoneLink))
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Direction), Codes.StateDoesNotFit,
                "'direction' is for zone-links", "remove it, or write 'of: zone-links'");
        }
    }

    private void CheckState(NamedItem fault, StateText state, IReadOnlySet<(TargetKind Kind, string Name)> kinds)
    {
        var place = fault.Value.Scalar(FaultKeys.State)!;
        foreach (var (kind, name) in kinds)
        {
            var fitting = Fitting.TryGetValue(kind, out var known) ? known : OfProcess(name.Split('.')[0]);
            if (!fitting.Contains(state.What))
            {
                bag.Error(place.Mark.IsDefault ? fault.Mark : place.Mark, Codes.StateDoesNotFit,
                    $"{Noun(kind, name)} cannot be '{state.Word}'",
                    $"write one of {string.Join(", ", fitting.Select(Word))}");
                return;
            }
            if ((kind, state.What) is (TargetKind.ZoneLink, Affliction.Slow) or (TargetKind.Machine, Affliction.Lossy))
            {
                bag.Error(place.Mark, Codes.NotSimulatedYet,
                    $"{Noun(kind, name)} that is '{state.Word}' is part of the language but not simulated by this version yet",
                    kind == TargetKind.ZoneLink ? "write lossy(20%) or partition" : "write 'of: zone-links', or partition");
                return;
            }
        }
        if (state.What == Affliction.LostForGood && fault.Value.IsWritten(FaultKeys.Lasts))
        {
            bag.Error(fault.Value.KeyMark(FaultKeys.Lasts), Codes.KeysExclude,
                "what is lost for good does not come back by itself", "write 'repair' in place of 'lasts'");
        }
    }

    private static Affliction[] OfProcess(string component) => component switch
    {
        "etcd" => [Affliction.Down, Affliction.Hang, Affliction.Stall, Affliction.Slow, Affliction.LostForGood],
        "haproxy" or "nginx" => [Affliction.Down, Affliction.Hang, Affliction.DropsTraffic],
        "apiserver" => [Affliction.Down, Affliction.Hang, Affliction.Slow, Affliction.DropsTraffic],
        _ => [Affliction.Down, Affliction.Hang],
    };

    private void CheckChance(NamedItem fault)
    {
        if (!fault.Value.TryGet(FaultKeys.Chance, out var chance))
        {
            return;
        }
        var source = fault.Value.Scalar(FaultKeys.Chance)!.Source;
        names.CheckReference(source.At(chance.NameIndex), chance.Maintenance, "maintenance", names.Maintenance, "maintenance");
    }

    private static string Noun(TargetKind kind, string name) => kind switch
    {
        TargetKind.Zone => "a zone",
        TargetKind.Rack => "a rack",
        TargetKind.Feed => "a power feed",
        TargetKind.ZoneLink => "a zone link",
        TargetKind.Machine or TargetKind.WorkloadHost => "a machine",
        TargetKind.Pod or TargetKind.Workload => "a pod",
        TargetKind.CloudApi => "the provider's API",
        TargetKind.Registry => "the registry",
        _ => $"'{name}'",
    };

    private static string Word(Affliction what) => what switch
    {
        Affliction.Down => "down",
        Affliction.Hang => "hang",
        Affliction.Slow => "slow(factor=5)",
        Affliction.Stall => "stall",
        Affliction.Partition => "partition",
        Affliction.Lossy => "lossy(20%)",
        Affliction.LostForGood => "lost-for-good",
        _ => "answers-check-but-drops-traffic",
    };
}
