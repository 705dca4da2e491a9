using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>
/// Two minutes of random clusters in which one fault follows another: what loops do that change nothing makes no difference to anything,
/// to the nanosecond. In so short a time no lease leaps.
/// </summary>
public partial class ElisionTests
{
    private static readonly SimDuration Horizon = SimDuration.FromSeconds(120);

    [Fact]
    public void A_control_plane_tells_the_same_story() => Compare(0, 15, Cluster);

    [Fact]
    public void A_data_plane_tells_the_same_story() => Compare(0, 15, DataPlane);

    [Fact]
    [Trait("Category", "Full")]
    public void Many_control_planes_tell_the_same_story() => Compare(1000, 3000, Cluster);

    [Fact]
    [Trait("Category", "Full")]
    public void Many_data_planes_tell_the_same_story() => Compare(1000, 3000, DataPlane);

    private static void Compare(int first, int count, Func<int, string> clusterOf)
    {
        List<string> differences = [];
        (long few, long many, long outages) = (0, 0, 0);
        for (int seed = first; seed < first + count; seed++)
        {
            string cluster = clusterOf(seed);
            // An election that begins with a timer which a heartbeat has armed is nobody's fault, and heartbeats are events in one of them only.
            bool causes = !cluster.Contains("etcd", StringComparison.Ordinal);
            ScenarioSpec spec = Story.Spec($"{cluster}run: {{horizon: 120s}}");
            ScenarioSpec exhaustive = Story.Spec($"{cluster}run: {{horizon: 120s, fidelity: exhaustive}}");
            Simulation[] simulations = [new ScenarioModel(spec).Build(), new ScenarioModel(exhaustive).Build()];
            string[] stories = [.. simulations.Select(s => Tell(s.Run(seed, SimDuration.Zero, Horizon), causes))];
            few += simulations[0].Events;
            many += simulations[1].Events;
            outages += stories[0].Count(c => c == '+');
            if (stories[0] != stories[1])
            {
                differences.Add($"{seed}:\n{cluster}\n  elided     {stories[0]}\n  exhaustive {stories[1]}");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {count} differ\n{differences.MinBy(d => d.Length)}");
        Assert.True(2 * few < many && outages > 2 * count, $"{few} and {many} events, {outages} outages");
    }

    private static string Tell(ServiceRow[] rows, bool causes) => string.Join('\n', rows.Select(r => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Service}: {r.UpNanoseconds} {string.Join(' ', r.Outages.Select(o => $"{o.Start}+{o.Duration}{(o.IsLoss ? "!" : "")}"))} | {(causes ? Some(r.DownByCause) : "")} | {Some(r.DownByStage)} | {Some(r.Counts)} {r.LostRequestNanoseconds}")));

    private static string Some(IReadOnlyList<long> values) =>
        string.Join(' ', values.Select((value, i) => (value, i)).Where(v => v.value != 0).Select(v => $"{v.i}:{v.value}"));

    private static string Cluster(int seed) => Faults(new RandomCluster(seed).ToString(), text => Decimals().Replace(
        text, m => string.Create(CultureInfo.InvariantCulture, $"{double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) / 36:F3}s")));

    private static string DataPlane(int seed) => Faults(new RandomDataPlane(seed, seed % 4 == 0).ToString(), text => Times().Replace(
        text, m => $"{int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) * (m.Groups[2].Value switch { "d" => 20, "h" => 10, _ => 2 })}s"));

    /// <summary>Changes the times of faults and planned work.</summary>
    private static string Faults(string cluster, Func<string, string> change)
    {
        int start = cluster.IndexOf("\nfaults:", StringComparison.Ordinal);
        return cluster[..start] + change(cluster[start..]);
    }

    [GeneratedRegex(@"(\d+\.\d+)s")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"\b(\d+)([dhm])\b")]
    private static partial Regex Times();
}
