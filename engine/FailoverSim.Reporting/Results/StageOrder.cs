namespace FailoverSim.Reporting.Results;

/// <summary>The order in which the stages of an outage follow from each other, whatever the order of their names in a result.</summary>
internal static class StageOrder
{
    private static readonly string[] Causal =
    [
        "undetected", "detect", "expire", "elect", "take over", "switch", "outage", "evict", "tolerate", "terminate", "schedule",
        "join", "route", "attach", "pull", "boot", "restart", "start", "ready", "propagate", "sync", "reconnect", "answer", "crew", "spare", "repair", "resync", "maintenance", "held", "unrepaired",
    ];

    /// <summary>Stages that nobody foresaw come last.</summary>
    public static int Of(string stage)
    {
        int index = Array.IndexOf(Causal, stage);
        return index < 0 ? Causal.Length : index;
    }
}
