using FailoverSim.Tests.Cluster.Whole;
using static FailoverSim.Tests.Cluster.Whole.DataPlaneLayouts;

namespace FailoverSim.Tests.Measured;

/// <summary>
/// Outages of the only pod of a workload on Kubernetes as it came in 2018, measured by Vayghan, Saied, Toeroe and Khendek (Deploying
/// Microservice Based Applications with Kubernetes, IEEE CLOUD 2018; a public copy of their table), and the same simulated; in seconds.
/// </summary>
internal static class PublishedOutages
{
    /// <summary>What a secondary source and another version are good for.</summary>
    public const double Tolerance = 0.1;

    /// <summary>Simulated deaths of the pod's node.</summary>
    public const int Deaths = 2000;

    public static IReadOnlyList<PublishedOutage> Simulate()
    {
        IReadOnlyList<Seen> seen = Outcomes.Of(
            Workers("app: {replicas: 1, cpu: 2}", Service("app") + Silence("workload.app.host", "1h"), timers: "v1.31"), Deaths).Of("app");
        double Mean(params string[] stages) => seen.Average(o => stages.Sum(s => o.Stages.GetValueOrDefault(s)));
        double detect = Mean("detect"), evict = Mean("evict");
        double outage = seen.Average(o => o.Length);
        return
        [
            new("node fails, until Kubernetes reacts", 38.187, detect, "stage detect"),
            new("node fails, outage less detection", 300.852, outage - detect - evict, "in 2018 the five minutes ran from the last heartbeat, and detection within them"),
            new("node fails, outage", 300.852, outage, "since v1.13 they run from the taint, one pass after detection", IsAlike: false),
        ];
    }
}

/// <param name="What">From when to when.</param>
/// <param name="Published">Mean over their trials.</param>
/// <param name="Simulated">Mean, with the timers of v1.31: grace period 40 s, toleration 300 s.</param>
/// <param name="Remark">What it is, or why it differs.</param>
/// <param name="IsAlike">Both mean the same.</param>
internal sealed record PublishedOutage(string What, double Published, double Simulated, string Remark, bool IsAlike = true)
{
    /// <summary>Simulated more than published, as a share.</summary>
    public double Difference => (Simulated / Published) - 1;
}
