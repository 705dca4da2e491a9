namespace FailoverSim.Analysis.Timeline;

/// <summary>What entities tell in words of a language of their own, told to people.</summary>
internal static class Wording
{
    /// <summary>By the kind of entity and the state; a state that is not listed is told as it is.</summary>
    private static readonly Dictionary<(string Kind, string State), string> Clauses = new()
    {
        [("process", "off")] = "is gone with its machine",
        [("process", "down")] = "dies",
        [("process", "killed")] = "is killed by its liveness probe",
        [("process", "halted")] = "is stopped",
        [("process", "restarting")] = "has ended and waits for its restart",
        [("process", "starting")] = "starts",
        [("process", "alive")] = "runs",
        [("machine", "off")] = "loses its power",
        [("machine", "out")] = "is out of service",
        [("machine", "in service")] = "is back in service",
        [("machine", "restarted")] = "has restarted",
        [("machine", "booted")] = "has booted",
        [("machine", "booting")] = "boots",
        [("machine", "stopping")] = "is being stopped",
        [("machine", "launched")] = "is launched",
        [("machine", "removed")] = "is removed",
        [("etcd", "dead")] = "etcd member is dead",
        [("etcd", "hangs")] = "etcd member hangs",
        [("etcd", "follower")] = "etcd follows",
        [("etcd", "pre-candidate")] = "etcd misses its leader and asks whether it might be elected",
        [("etcd", "candidate")] = "etcd asks for votes",
        [("etcd", "leader")] = "etcd is elected leader",
        [("etcd", "waits for its disk")] = "etcd waits for its disk",
        [("etcd", "goes on")] = "etcd goes on",
        [("etcd", "copies a snapshot")] = "etcd copies a snapshot",
        [("faults", "waiting for crew")] = "is seen to: waits for the crew",
        [("faults", "waiting for part")] = "waits for a spare part",
        [("faults", "repair")] = "is being repaired",
        [("faults", "over")] = "is over",
        [("repair", "waiting for crew")] = "waits for the crew",
        [("repair", "repair")] = "begins",
        [("repair", "over")] = "is done",
        [("repair", "called off")] = "is called off",
        [("maintenance", "step")] = "work begins",
        [("maintenance", "campaign")] = "campaign begins",
        [("maintenance", "done")] = "work is done",
        [("unit", "repair")] = "is being repaired",
        [("unit", "waiting for crew")] = "waits for the crew",
        [("unit", "waiting for part")] = "waits for a spare part",
        [("unit", "undetected")] = "has failed, and nobody knows",
        [("unit", "unrepaired")] = "has failed, and nobody repairs it",
        [("unit", "held")] = "is held down",
        [("unit", "switching")] = "is switched in",
        [("unit", "working")] = "works",
        [("unit", "standby")] = "stands by",
        [("pod", "Ready")] = "is ready",
        [("pod", "Missing")] = "is gone",
        [("pod", "Pending")] = "waits for a node",
        [("pod", "Bound")] = "has a node",
        [("pod", "Attaching")] = "waits for its volume",
        [("pod", "SettingUp")] = "gets its sandbox and image",
        [("pod", "Starting")] = "starts",
        [("pod", "Started")] = "runs, and is not ready yet",
        [("pod", "Dead")] = "is dead",
        [("pod", "BackingOff")] = "backs off before its restart",
        [("pod", "Hanging")] = "hangs",
        [("pod", "Failing")] = "fails its probe",
        [("pod", "Killed")] = "is killed by its probe",
        [("pod", "Stranded")] = "is stranded on its node",
        [("drains", "draining")] = "is being drained",
        [("drains", "deleted")] = "is empty, and its node object is deleted",
        [("drains", "drained")] = "is drained",
        [("drains", "refused")] = "eviction is refused by a budget",
        [("drains", "blocked")] = "drain is blocked",
        [("drains", "timed out")] = "drain has timed out",
        [("drains", "uncordoned")] = "takes pods again",
        [("reclaim", "notice")] = "gets notice that it is taken back",
        [("reclaim", "reclaimed")] = "is taken back by the provider",
        [("replacement", "replaced")] = "is replaced by a new machine",
    };

    /// <summary>What an outage waits for in a stage, by the name that attribution gives it.</summary>
    private static readonly Dictionary<string, string> Stages = new()
    {
        ["detect"] = "nobody who could act has noticed yet",
        ["expire"] = "a lease or timer of the old holder must run out",
        ["elect"] = "a successor is being found",
        ["take over"] = "the address is on its way to its new holder",
        ["restart"] = "a process must be started again",
        ["start"] = "a process starts",
        ["sync"] = "the new leader fills its caches",
        ["reconnect"] = "clients look for another peer",
        ["outage"] = "what is out must come back",
        ["boot"] = "a machine boots",
        ["answer"] = "the crew is called and has not answered",
        ["crew"] = "the crew is busy elsewhere",
        ["spare"] = "a spare part must come",
        ["repair"] = "it is being repaired",
        ["resync"] = "data is copied to a member that lost its own",
        ["maintenance"] = "planned work",
        ["evict"] = "the node's taint, or leave to evict",
        ["tolerate"] = "the taint is tolerated for a while",
        ["terminate"] = "the old pod must be gone first",
        ["schedule"] = "the pod needs a node",
        ["attach"] = "the pod's volume is moved",
        ["pull"] = "sandbox and image",
        ["ready"] = "the pod is not known to be ready",
        ["propagate"] = "endpoints and rules must learn of the pod",
        ["switch"] = "a standby is switched in",
        ["undetected"] = "nobody knows that it has failed",
        ["held"] = "a common cause holds it down",
    };

    /// <summary><c>expire: a lease must run out (lease/vip.acting)</c>.</summary>
    public static string WaitsFor(OutagePhase phase) => phase.Stage.Length == 0 ? phase.Condition
        : Stages.TryGetValue(phase.Stage, out string? meaning) ? $"{phase.Stage}, {meaning} ({phase.Condition})"
        : $"{phase.Stage} ({phase.Condition})";

    /// <summary>Who, as people call it: <c>cp-1</c> of <c>machine/cp-1</c>, <c>vip@cp-2</c> of <c>lease/vip/vip@cp-2</c>.</summary>
    public static string Subject(string entity, Place place) => KindOf(entity, place) switch
    {
        "etcd" when place.Machine is { } machine => machine,
        "faults" => FaultOf(entity).Target is { Length: > 0 } target ? $"{FaultOf(entity).Name} of {target}" : FaultOf(entity).Name,
        "maintenance" or "repair" or "common-cause" => entity[(entity.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace("/", " of ", StringComparison.Ordinal),
        "pod" => $"pod {entity["pod/".Length..]}",
        "process" or "lease" => entity[(entity.LastIndexOf('/') + 1)..],
        "address" => $"{place.Machine ?? entity} (address)",
        _ when place.Machine is { } machine => machine,
        _ => entity,
    };

    /// <summary>What it does, as people say it.</summary>
    public static string Clause(string entity, Place place, string state) =>
        Clauses.GetValueOrDefault((KindOf(entity, place), state), state);

    /// <summary>Who was struck, and how that is told.</summary>
    public static (string Subject, string Text) Strike(Occurrence occurrence, Place place)
    {
        string kind = KindOf(occurrence.Entity, place);
        (string name, string target) = FaultOf(occurrence.Entity);
        return kind switch
        {
            "faults" when target.Length > 0 => (target, $"{occurrence.Cause} strikes"),
            "faults" or "common-cause" => (name, "strikes"),
            "maintenance" => (place.Machine ?? name, $"{occurrence.Cause}: work begins"),
            "control-plane" => (kind, "is out"),
            "reclaim" => (place.Machine ?? name, "is about to be taken back by the provider"),
            _ when occurrence.Cause == kind || kind == "unit" => (Subject(occurrence.Entity, place), $"fails ({occurrence.Cause})"),
            _ => (Subject(occurrence.Entity, place), $"{occurrence.Cause} begins"),
        };
    }

    /// <summary>What an entity is: <c>process</c>, <c>etcd</c>, <c>pod</c>; <c>unit</c> for generic ones.</summary>
    public static string KindOf(string entity, Place place)
    {
        int slash = entity.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? entity[..slash]
            : place.Component is "etcd" ? "etcd"
            : entity is "control-plane" or "autoscaler" or "descheduler" or "drains" ? entity
            : "unit";
    }

    /// <summary><c>(node-crash, cp-2)</c> of <c>faults/node-crash/cp-2@123</c>: at scripted instants the instant is part of the name.</summary>
    private static (string Name, string Target) FaultOf(string entity)
    {
        string[] parts = entity.Split('/', 3);
        string target = parts.Length > 2 ? parts[2] : "";
        int at = target.LastIndexOf('@');
        bool isInstant = at >= 0 && at < target.Length - 1 && target[(at + 1)..].All(char.IsAsciiDigit);
        return (parts.Length > 1 ? parts[1] : entity, isInstant ? target[..at] : target);
    }
}
