using System.Globalization;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using FailoverSim.Tests.Cluster.Etcd;

namespace FailoverSim.Tests.Measured;

/// <summary>Crashes of the leader of a real etcd, and of the simulated one in the same setting; in seconds from the crash.</summary>
internal static class EtcdTrials
{
    /// <summary>Trials in which the harness was stopped for so long measure the machine.</summary>
    public const double CleanMilliseconds = 20;

    public static EtcdTrial[] Clean(int heartbeat, bool preVote) => [.. File
        .ReadLines(Repository.Tests("Measured", "etcd-leader-crash.csv")).Skip(1)
        .Select(line => line.Split(','))
        .Where(cells => Number(cells[0]) == heartbeat && cells[2] == "1" == preVote && Number(cells[8]) < CleanMilliseconds)
        .Select(cells => new EtcdTrial(
            Number(cells[4]) / 1000, Number(cells[5]) / 1000, Number(cells[6]) / 1000, (int)Number(cells[7])))];

    /// <summary>Three members of etcd 3.4 on one machine with a fast disk.</summary>
    public static EtcdOptions Options(int heartbeat, int election, bool preVote) => EtcdLab.Defaults with
    {
        Heartbeat = EtcdLab.Milliseconds(heartbeat),
        ElectionTimeout = EtcdLab.Milliseconds(election),
        PreVote = preVote,
        Fsync = LogNormal.FromMedianAndQuantile(0.00029, 0.99, 0.0006),
        SnapshotCount = 100_000,
    };

    /// <summary>Loopback.</summary>
    public static Law RoundTrip { get; } = new Constant(0.00015);

    /// <summary>Restarted 0.2 s after the first write, up some tens of milliseconds later, and killed 2 to 5.2 s after that.</summary>
    public static Failovers Simulated(int heartbeat, int election, bool preVote, int count) => Failovers.OfCrashes(
        3, Options(heartbeat, election, preVote), RoundTrip, count, spacing: 3.6, restart: random => 0.2 + 0.03 + (0.1 * random.NextDouble()));

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}

/// <param name="Campaign">Until the first campaign of a survivor.</param>
/// <param name="Leader">Until a survivor is leader.</param>
/// <param name="Write">Until the first write is answered.</param>
/// <param name="Terms">Of the new leader less that of the old one.</param>
internal sealed record EtcdTrial(double Campaign, double Leader, double Write, int Terms);
