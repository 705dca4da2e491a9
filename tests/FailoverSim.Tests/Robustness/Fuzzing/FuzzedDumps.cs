using System.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Tests.Importing;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Whatever a dump of a cluster holds: findings, or a scenario that the reader takes.</summary>
public sealed class FuzzedDumps(ITestOutputHelper output)
{
    /// <summary>As other programs write them.</summary>
    private static readonly string[] Hostile =
    [
        "0", "-1", "1", "1000", "1000000000", "99999999999999999999999999999", "1e400", "0.0001", "1e99", "1n", "500m", "4Gi", "99999999Ei", "true", "~", "''", "100%", "999999999%", "0%",
        "15s", "1m0s", "1h1h1h", "0s", "1ns", "9999999999h", "1-100000", "1-5", "*", "a.b.c.d", "kind", "items", "List", "PodList", "Node", "Deployment", "StatefulSet", "ReplicaSet", "DaemonSet",
        "PodDisruptionBudget", "DoNotSchedule", "ScheduleAnyway", "topology.kubernetes.io/zone", "kubernetes.io/hostname", "In", "NotIn", "Exists", "NoSchedule", "NoExecute",
        "metadata", "spec", "template", "labels", "matchLabels", "replicas", "base", "all", "of", "{", "}", "&a", "*a", "|", ">", "---",
    ];

    [Fact]
    public void An_import_ends_in_findings_or_in_a_scenario()
    {
        string[][] names = [.. Directory.GetDirectories(Imports.Folder(".")).Order(StringComparer.Ordinal)
            .Select(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray())];
        string[] texts = [.. names.SelectMany(folder => folder.Select(File.ReadAllText))];
        TextMutator mutator = new(texts, Hostile);
        new Campaign("dumps", 400, mostSeconds: 1, output).Run(
            number =>
            {
                Random dice = new(number);
                return dice.Next(4) switch
                {
                    0 => ByteMutator.Mutate(dice, Encoding.UTF8.GetBytes(texts[dice.Next(texts.Length)]), Encoding.UTF8.GetBytes(texts[dice.Next(texts.Length)])),
                    1 => Encoding.UTF8.GetBytes(mutator.Lines(dice)),
                    _ => Encoding.UTF8.GetBytes(mutator.Words(dice)),
                };
            },
            Import,
            length => (64L << 20) + (4096 * length));
    }

    /// <summary>As YAML or as the files of balancers, which are told by their content.</summary>
    private static void Import(byte[] file)
    {
        foreach (string name in new[] { "dump.yaml", "haproxy.cfg" })
        {
            ImportResult result = ClusterImport.Read([], [new DumpFile(name, file)]);
            Assert.All(result.Diagnostics, finding => Assert.DoesNotContain(finding.ToString(), char.IsControl));
            if (result.Scenario is { } scenario)
            {
                ScenarioReading reading = ScenarioFile.Read("imported.yaml", Encoding.UTF8.GetBytes(scenario));
                Assert.DoesNotContain(reading.Diagnostics, finding => finding.Severity == Severity.Error);
            }
        }
    }
}
