using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>What has to do with an outage: what kept it down, by the names of the conditions.</summary>
internal sealed class Relevance
{
    /// <summary>Kinds of entities that hand something over: what they tell is how a failover went.</summary>
    private static readonly HashSet<string> HandsOver = ["lease", "address", "etcd", "node-lifecycle", "pod", "unit", "control-plane", "repair"];

    private readonly OutageSpan _outage;
    private readonly Places _places;
    private readonly HashSet<string> _names;

    public Relevance(OutageSpan outage, Places places)
    {
        (_outage, _places) = (outage, places);
        // Of lease/vip.acting, address/vip.reaches, etcd/commits, haproxy@lb-1.traffic, pump-3.working: vip, etcd, haproxy@lb-1, pump-3.
        _names = [.. outage.Held.SelectMany(held => held.Condition.Split('.')[0].Split('/')).Where(name => name is not ("lease" or "address"))];
    }

    /// <summary>Pods are told of where they are the outage.</summary>
    public bool Tells(string entity) =>
        !entity.StartsWith("pod/", StringComparison.Ordinal)
        || entity.StartsWith($"pod/{_outage.Name}/", StringComparison.Ordinal);

    /// <summary>0: it is what kept the outage going; 1: it is of the same kind; 2: it is not.</summary>
    public int OfEntity(string entity)
    {
        string kind = Wording.KindOf(entity, _places.Of(entity));
        bool isNamed = entity.Split('/').Any(_names.Contains)
            || entity.Split('/').Any(part => _names.Contains(part.Split('@')[0]))
            || (kind == "etcd" && _names.Contains("etcd"))
            || (kind == "pod" && Tells(entity));
        return isNamed ? 0 : kind is "etcd" or "control-plane" ? 1 : 2;
    }

    /// <summary>How much a thing tells, 0 being the most.</summary>
    public int RankOf(TimelineEvent told, SimTime instant)
    {
        int relevance = OfEntity(told.Entity);
        bool handsOver = HandsOver.Contains(Wording.KindOf(told.Entity, _places.Of(told.Entity)));
        bool isOver = told.Text == "over";
        int rank = relevance == 0 && (handsOver || told.Kind == TimelineEventKind.Note) ? 1 : isOver || relevance == 0 ? 2 : handsOver ? 3 : 4;
        return instant > _outage.End ? rank + 2 : rank;
    }
}
