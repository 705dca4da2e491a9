using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether workloads have somewhere to run, and ask for nothing that no cluster could give.</summary>
internal sealed class WorkloadChecks(BoundMapping file, ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    public void Check()
    {
        if (layout.IsWhole && !layout.TakesPods && file.IsWritten(ScenarioKeys.Workloads))
        {
            bag.Error(file.KeyMark(ScenarioKeys.Workloads), Codes.TakesNoPods, "there are workloads, and no pool takes pods",
                "add 'cpu' or 'memory' to a pool under 'nodes'");
        }
        foreach (var group in workloads.Groups.Where(group => group.Item.Value.IsKnown))
        {
            CheckBudget(group.Item);
            CheckSpread(group.Item.Value);
            CheckUpWhen(group);
            if (layout.IsWhole && group.Pools.Count > 0)
            {
                CheckRequests(group);
                CheckDomains(group);
            }
        }
    }

    private void CheckBudget(NamedItem workload)
    {
        if (workload.Value.Child(WorkloadKeys.Budget) is not { } budget)
        {
            return;
        }
        bool both = budget.IsWritten(WorkloadKeys.MaxUnavailable) && budget.IsWritten(WorkloadKeys.MinAvailable);
        if (both)
        {
            bag.Error(budget.KeyMark(WorkloadKeys.MinAvailable), Codes.KeysExclude,
                "a budget has 'max-unavailable' and 'min-available'", "keep one of them");
        }
        else if (!budget.Has(WorkloadKeys.MaxUnavailable) && !budget.Has(WorkloadKeys.MinAvailable))
        {
            bag.Error(workload.Value.KeyMark(WorkloadKeys.Budget), Codes.MissingKey,
                $"the budget of '{workload.Name}' has neither 'max-unavailable' nor 'min-available'", "add 'max-unavailable: 1'");
        }
    }

    /// <summary>The API server refuses a minimum of domains that nothing would wait for.</summary>
    private void CheckSpread(BoundMapping workload)
    {
        foreach (var spread in (workload.Find(WorkloadKeys.Spread) as BoundRecords)?.Items ?? [])
        {
            if (spread.IsWritten(WorkloadKeys.MinDomains) && spread.Optional(WorkloadKeys.WhenImpossible) == "schedule-anyway")
            {
                bag.Error(spread.KeyMark(WorkloadKeys.MinDomains), Codes.KeysExclude,
                    "'min-domains' goes with 'do-not-schedule' only", "write 'when-impossible: do-not-schedule', or remove it");
            }
        }
    }

    private void CheckUpWhen(WorkloadGroup group)
    {
        if (group.Item.Value.TryGet(WorkloadKeys.UpWhen, out var ready)
            && group.Copies.FirstOrDefault(copy => ready.Of(copy.Replicas) > copy.Replicas) is { } never)
        {
            bag.Error(group.Item.Value.Scalar(WorkloadKeys.UpWhen)!.Mark, Codes.MoreThanThereAre,
                FormattableString.Invariant($"'{never.Name}' can never be up: it has {never.Replicas} {(never.Replicas == 1 ? "replica" : "replicas")}"),
                FormattableString.Invariant($"write at most {never.Replicas}, or a percentage such as ready >= 50% of replicas"));
        }
    }

    private void CheckRequests(WorkloadGroup group)
    {
        if (group.Copies.FirstOrDefault(copy => !group.Pools.Any(pool => pool.Room!.Fits(copy.Cpu, copy.Memory))) is not { } large)
        {
            return;
        }
        long cpu = group.Pools.Max(pool => pool.Room!.Cpu);
        long memory = group.Pools.Max(pool => pool.Room!.Memory);
        var (key, asked, there) = large.Cpu > cpu ? ((Key)WorkloadKeys.Cpu, NumbersText.Cores(large.Cpu), $"more than {NumbersText.Cores(cpu)}")
            : large.Memory > memory ? (WorkloadKeys.Memory, NumbersText.Size(large.Memory), $"more than {NumbersText.Size(memory)}")
            : (WorkloadKeys.Memory, $"{NumbersText.Cores(large.Cpu)} and {NumbersText.Size(large.Memory)}", "both");
        bag.Error(group.Item.Value.Find(key)!.Mark, Codes.NeverPlaced,
            $"a pod of '{large.Name}' requests {asked}, and no machine that it may use has {there}",
            "lower the request, or use larger machines");
    }

    private void CheckDomains(WorkloadGroup group)
    {
        var spreads = (group.Item.Value.Find(WorkloadKeys.Spread) as BoundRecords)?.Items ?? [];
        foreach (var spread in spreads.Where(IsHard))
        {
            // With fewer domains than it wants, the emptiest counts as empty: none may have more than the skew.
            if (spread.TryGet(WorkloadKeys.MinDomains, out var least) && spread.TryGet(WorkloadKeys.MaxSkew, out var skew)
                && Domains(group, spread.Optional(WorkloadKeys.By)) is var domains && domains < least)
            {
                CheckPlaces(group, spread.Scalar(WorkloadKeys.MinDomains)!.Mark, domains * skew,
                    $"there {Are(domains, spread.Optional(WorkloadKeys.By)!)}, and 'min-domains' is {NumberText.Write(least)}",
                    $"write 'min-domains: {domains}', raise 'max-skew', or write 'when-impossible: schedule-anyway'");
            }
        }
        foreach (var apart in ((group.Item.Value.Find(WorkloadKeys.AntiAffinity) as BoundRecords)?.Items ?? [])
            .Where(apart => IsHard(apart) && AffinityChecks.IsOfItself(apart, group)))
        {
            string by = apart.Optional(WorkloadKeys.ApartBy) ?? "node";
            int domains = Domains(group, by);
            CheckPlaces(group, group.Item.Value.KeyMark(WorkloadKeys.AntiAffinity), domains, $"no two may share a {by}, and there {Are(domains, by)}",
                "lower 'replicas', or write 'when-impossible: schedule-anyway'");
        }
    }

    private void CheckPlaces(WorkloadGroup group, Mark place, decimal places, string why, string remedy)
    {
        if (group.Copies.FirstOrDefault(copy => copy.Replicas > places) is { } never)
        {
            bag.Error(place, Codes.NeverPlaced, FormattableString.Invariant(
                $"{never.Replicas - places} of {never.Replicas} pods of '{never.Name}' can never be placed: {why}"), remedy);
        }
    }

    internal static bool IsHard(BoundMapping constraint) => constraint.Optional(WorkloadKeys.WhenImpossible) == "do-not-schedule";

    private static int Domains(WorkloadGroup group, string? by) => by == "node"
        ? group.MachineCount
        : group.ZoneCount;

    private static string Are(int count, string noun) =>
        FormattableString.Invariant($"{(count == 1 ? "is" : "are")} {count} {noun}{(count == 1 ? "" : "s")}");
}
