namespace FailoverSim.Analysis.Timeline;

/// <summary>What has to do with an outage: what kept it down, by the names of the conditions.</summary>
internal sealed class Relevance
{
    /// <summary>It is what kept the outage going.</summary>
    public const int Closest = 0;

    /// <summary>Kinds of entities that hand something over: what they tell is how a failover went.</summary>
    private static readonly HashSet<string> HandsOver =
        ["lease", "address", "keepalived", "etcd", "node-lifecycle", "unit", "control-plane", "repair"];

    private readonly OutageSpan _outage;
    private readonly Places _places;
    private readonly HashSet<string> _held;
    private readonly HashSet<string> _names;

    public Relevance(OutageSpan outage, Places places)
    {
        (_outage, _places) = (outage, places);
        _held = [.. outage.Held.Select(held => held.Condition)];
        // Of lease/vip.acting, address/vip.reaches, etcd/commits, haproxy@lb-1.traffic, pump-3.working: vip, etcd, haproxy@lb-1, pump-3.
        _names = [.. outage.Held.SelectMany(held => held.Condition.Split('.')[0].Split('/')).Where(name => name is not ("lease" or "address"))];
    }

    /// <summary>Pods are told of where they are the outage.</summary>
    public bool Tells(string entity) =>
        !entity.StartsWith("pod/", StringComparison.Ordinal)
        || entity.StartsWith($"pod/{_outage.Name}/", StringComparison.Ordinal)
        || _held.Contains(entity["pod/".Length..]);

    /// <summary><see cref="Closest"/>, or more.</summary>
    public int OfEntity(string entity)
    {
        string kind = Wording.KindOf(entity, _places.Of(entity));
        string[] parts = entity.Split('/');
        bool isNamed = parts.Any(part => _names.Contains(part) || _names.Contains(part.Split('@')[0])) || _names.Contains(kind);
        return isNamed ? Closest : 1;
    }

    /// <summary>How much a thing tells, 0 being the most.</summary>
    public int RankOf(TimelineEvent told)
    {
        bool isClose = OfEntity(told.Entity) == Closest;
        string kind = Wording.KindOf(told.Entity, _places.Of(told.Entity));
        bool handsOver = HandsOver.Contains(kind);
        bool isMinor = told.Text is "pre-candidate" or "candidate" or "follower" || told.Text.EndsWith("no longer", StringComparison.Ordinal);
        int rank = isMinor || kind == "pod" ? 3
            : isClose && handsOver && told.Becomes ? 1
            : told.Text == "over" || (isClose && told.Kind == TimelineEventKind.Note) || kind == "node-lifecycle" ? 2
            : isClose || handsOver ? 3
            : 4;
        // What comes after is told where there is room, but that the fault is over.
        return told.Instant > _outage.End && told.Text != "over" ? rank + 3 : rank;
    }
}
