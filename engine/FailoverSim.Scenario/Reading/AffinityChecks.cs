using FailoverSim.Models.Workloads;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Reading;

/// <summary>Whether (anti-)affinities name workloads, and leave every pod a node that could be.</summary>
internal sealed class AffinityChecks(ClusterLayout layout, WorkloadLayout workloads, DiagnosticBag bag)
{
    /// <summary>Looking at more would take too long; pods that cannot be placed stay pending.</summary>
    private const int MostTerms = 10_000;

    /// <summary>So many of a circle are named.</summary>
    private const int MostNamed = 10;

    private const string Remedy = "name another workload, or write 'when-impossible: schedule-anyway'";

    /// <summary>One required term of one entry, for its first copy.</summary>
    private sealed record Term(WorkloadGroup Group, BoundMapping Record, Mark Mark, WorkloadRange To, string By, bool IsAnti)
    {
        public bool IsOfItself => To.Contains(Group.First);
    }

    public static bool IsOfItself(BoundMapping term, WorkloadGroup group) =>
        !term.TryGet(WorkloadKeys.To, out var to) || to == group.Name || (group.Copies is [{ } only] && only.Name == to);

    public void Check()
    {
        var known = workloads.Groups.Where(group => group.Item.Value.IsKnown && group.Copies.Count > 0).ToList();
        bool allKnown = true;
        foreach (var group in workloads.Groups.Where(group => group.Item.Value.IsKnown))
        {
            foreach (var term in Records(group, WorkloadKeys.Affinity).Concat(Records(group, WorkloadKeys.AntiAffinity)))
            {
                allKnown &= CheckName(term);
            }
        }
        if (!allKnown || !workloads.IsWhole || !layout.IsWhole)
        {
            return;
        }
        var terms = known.SelectMany(Required).ToList();
        CheckOrder(terms);
        var own = terms.ToLookup(term => term.Group, ReferenceEqualityComparer.Instance);
        foreach (var term in terms.Take(MostTerms))
        {
            CheckPlaces(term, [.. own[term.Group]]);
        }
    }

    private static IReadOnlyList<BoundMapping> Records(WorkloadGroup group, Key key) => (group.Item.Value.Find(key) as BoundRecords)?.Items ?? [];

    private bool CheckName(BoundMapping term)
    {
        if (!term.TryGet(WorkloadKeys.To, out var to) || workloads.Find(to) is not null)
        {
            return true;
        }
        if (workloads.IsWhole)
        {
            bag.Error(term.Scalar(WorkloadKeys.To)!.Mark, Codes.UnknownName, $"there is no workload '{to}'",
                Suggestion.For(to, workloads.Names, "define it under 'workloads'"));
        }
        return false;
    }

    private IEnumerable<Term> Required(WorkloadGroup group)
    {
        foreach (bool isAnti in new[] { false, true })
        {
            Key key = isAnti ? WorkloadKeys.AntiAffinity : WorkloadKeys.Affinity;
            foreach (var record in Records(group, key).Where(WorkloadChecks.IsHard))
            {
                var mark = record.Scalar(WorkloadKeys.To)?.Mark ?? group.Item.Value.KeyMark(key);
                yield return new Term(group, record, mark, workloads.Meant(group, 0, record.Optional(WorkloadKeys.To))!.Value,
                    record.Optional(isAnti ? WorkloadKeys.ApartBy : WorkloadKeys.By)!, isAnti);
            }
        }
    }

    /// <summary>Somebody must be able to come first.</summary>
    private void CheckOrder(IReadOnlyList<Term> terms)
    {
        var waits = new Dictionary<WorkloadGroup, WorkloadGroup?>(ReferenceEqualityComparer.Instance);
        foreach (var required in terms.Where(term => !term.IsAnti).GroupBy(term => term.Group, ReferenceEqualityComparer.Instance as IEqualityComparer<WorkloadGroup>))
        {
            var all = required.Select(term => term.To).Aggregate((one, other) => one.And(other));
            if (all.IsEmpty)
            {
                bag.Error(required.Last().Mark, Codes.NeverPlaced,
                    $"no pod of '{required.Key.Name}' can be placed: the scheduler wants one pod that meets all required affinities, and no pod is of {Names(required.Select(term => NameOf(term.To)).Distinct(), "and of")}",
                    "keep one of them, and write 'when-impossible: schedule-anyway' in the others");
                waits[required.Key] = null;
            }
            else if (!all.Contains(required.Key.First))
            {
                waits[required.Key] = GroupOf(all);
            }
        }
        HashSet<WorkloadGroup> goOn = new(ReferenceEqualityComparer.Instance), stuck = new(ReferenceEqualityComparer.Instance);
        foreach (var group in waits.Where(wait => wait.Value is not null).Select(wait => wait.Key))
        {
            List<WorkloadGroup> chain = [];
            HashSet<WorkloadGroup> met = new(ReferenceEqualityComparer.Instance);
            var at = group;
            for (; at is not null && !goOn.Contains(at) && !stuck.Contains(at) && met.Add(at); at = waits.GetValueOrDefault(at))
            {
                chain.Add(at);
            }
            (at is not null && !goOn.Contains(at) ? stuck : goOn).UnionWith(chain);
        }
        foreach (var group in waits.Keys.Where(stuck.Contains))
        {
            List<WorkloadGroup> chain = [group];
            while (chain.Count <= MostNamed && waits[chain[^1]] is { } next && !chain.Contains(next))
            {
                chain.Add(next);
            }
            bag.Error(terms.First(term => ReferenceEquals(term.Group, group) && !term.IsAnti).Mark, Codes.NeverPlaced,
                $"no pod of '{group.Name}' can be placed: it waits for one of {string.Join(", which waits for one of ", chain.Skip(1).Append(waits[chain[^1]]!).Select(each => $"'{each.Name}'"))}{(chain.Count > MostNamed ? ", and so on" : "")}",
                "let one of them go first: write 'when-impossible: schedule-anyway' there");
        }
    }

    /// <param name="term">One.</param>
    /// <param name="own">All of the same workload.</param>
    private void CheckPlaces(Term term, IReadOnlyList<Term> own)
    {
        if (term.IsAnti)
        {
            if (!term.IsOfItself && GroupOf(term.To) is { } other
                && Domains(term.Group.Places.Concat(other.Places).Distinct(), term.By) == 1)
            {
                bag.Error(term.Mark, Codes.NeverPlaced, $"pods of '{term.Group.Name}' and '{NameOf(term.To)}' may not share a {term.By}, and there is 1 {term.By}", Remedy);
            }
            else if (!term.IsOfItself && own.Any(near => !near.IsAnti && near.To == term.To && (term.By == "zone" || near.By == "node")))
            {
                bag.Error(term.Mark, Codes.NeverPlaced,
                    $"no pod of '{term.Group.Name}' can be placed: it must share a place with a pod of '{NameOf(term.To)}', and may not share a {term.By} with one", Remedy);
            }
            return;
        }
        bool apartByNode = own.Any(apart => apart is { IsAnti: true, IsOfItself: true, By: "node" });
        bool apartByZone = own.Any(apart => apart is { IsAnti: true, IsOfItself: true, By: "zone" });
        if (term.IsOfItself)
        {
            CheckTogether(term, apartByZone || (apartByNode && term.By == "node"));
            return;
        }
        var to = GroupOf(term.To);
        var theirPlaces = to.Places.ToHashSet();
        var theirZones = theirPlaces.Select(place => place.Zone).ToHashSet(StringComparer.Ordinal);
        if (!term.Group.Places.Any(place => term.By == "zone" ? theirZones.Contains(place.Zone) : theirPlaces.Contains(place)))
        {
            bag.Error(term.Mark, Codes.NeverPlaced, $"no pod of '{term.Group.Name}' can be placed: pods of '{to.Name}' are in no {term.By} that it may use", Remedy);
            return;
        }
        var (mine, theirs) = (term.Group.Copies[0], to.Copies[term.To.First - to.First]);
        if (term.By == "node" && !term.Group.Pools.Intersect(to.Pools).Any(pool => pool.Room!.Fits(mine.Cpu + theirs.Cpu, mine.Memory + theirs.Memory)))
        {
            bag.Error(term.Mark, Codes.NeverPlaced, $"no pod of '{mine.Name}' can be placed: no machine has room for it beside one of '{theirs.Name}'",
                "ask for less, or write 'by: zone'");
        }
        if (apartByZone || (apartByNode && term.By == "node"))
        {
            int places = to.Copies.Skip(term.To.First - to.First).Take(term.To.Count).Sum(copy => copy.Replicas);
            TellMissing(term, mine, places, $"no two may share a {(apartByZone ? "zone" : "node")}, and '{NameOf(term.To)}' {(places == 1 ? "is" : "are")} on {places}");
        }
    }

    /// <summary>A group that stays together must fit where its first pod is.</summary>
    private void CheckTogether(Term term, bool isAlone)
    {
        foreach (var copy in term.Group.Copies)
        {
            long most = isAlone ? 1
                : term.By == "zone" ? copy.Replicas
                : term.Group.Pools.Max(pool => Math.Min(pool.Room!.MaxPods,
                    Math.Min(copy.Cpu > 0 ? pool.Room.Cpu / copy.Cpu : long.MaxValue, copy.Memory > 0 ? pool.Room.Memory / copy.Memory : long.MaxValue)));
            if (copy.Replicas > most)
            {
                TellMissing(term, copy, most, isAlone ? "all must share a place, and no two may" : $"all must share a node, and {most} fit on one");
                return;
            }
        }
    }

    private void TellMissing(Term term, WorkloadCopy copy, long places, string why)
    {
        if (copy.Replicas > places)
        {
            bag.Error(term.Mark, Codes.NeverPlaced,
                FormattableString.Invariant($"{copy.Replicas - places} of {copy.Replicas} pods of '{copy.Name}' can never be placed: {why}"),
                "lower 'replicas', or write 'when-impossible: schedule-anyway'");
        }
    }

    private static int Domains(IEnumerable<(PoolLayout Pool, string Zone, int Machines)> places, string by) =>
        by == "zone" ? places.Select(place => place.Zone).Distinct().Count() : places.Sum(place => place.Machines);

    private WorkloadGroup GroupOf(WorkloadRange range) => workloads.GroupOf(range.First);

    private string NameOf(WorkloadRange range) => GroupOf(range) is var group && range.Count == 1 ? group.Copies[range.First - group.First].Name : group.Name;

    private static string Names(IEnumerable<string> names, string between) => string.Join($" {between} ", names.Select(name => $"'{name}'"));
}
