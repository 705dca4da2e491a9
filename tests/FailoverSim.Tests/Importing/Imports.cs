using System.Text;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Importing;

/// <summary>Dumps beside the tests, and what is asked of every import.</summary>
internal static class Imports
{
    public static string Folder(string name) => Repository.Tests("Importing", "dumps", name);

    public static IReadOnlyList<DumpFile> Files(string name) =>
        [.. Directory.GetFiles(Folder(name)).Order(StringComparer.Ordinal).Select(path => new DumpFile(Path.GetFileName(path), File.ReadAllBytes(path)))];

    public static DumpFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    public static ImportResult Import(IEnumerable<DumpFile> files, bool isAnonymous = false) => ClusterImport.Read([], files, isAnonymous);

    /// <summary>The specification of what was written: it has no error, and runs.</summary>
    public static ScenarioSpec Spec(ImportResult result, bool runs = true)
    {
        Assert.True(result.Scenario is not null, string.Join('\n', result.Diagnostics));
        ScenarioReading reading = ScenarioFile.Read("imported", Encoding.UTF8.GetBytes(result.Scenario!));
        Assert.DoesNotContain(reading.Diagnostics, finding => finding.Severity == Severity.Error);
        if (runs)
        {
            var simulation = new ScenarioModel(reading.Spec!).Build();
            for (int replication = 0; replication < 3; replication++)
            {
                Assert.NotEmpty(simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(60 * 86_400)));
            }
        }
        return reading.Spec!;
    }

    public static SimDuration Seconds(double seconds) => SimDuration.FromSeconds(seconds);

    public static PoolSpec Pool(this ScenarioSpec spec, string name) => Assert.Single(spec.Cluster!.Pools, pool => pool.Name == name);
}
