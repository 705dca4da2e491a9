using FailoverSim.Analysis.Studies;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Cli;
using FailoverSim.Tests.Cluster.Whole;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Robustness;

/// <summary>A file in which <c>check</c> finds no error runs, whatever it leaves out.</summary>
public class ComposedFilesTests
{
    private const int Files = 300;

    /// <summary>One of so many is run and written like a study of a user.</summary>
    private const int Written = 10;

    [Fact]
    public void Whatever_is_left_out_of_a_file_it_is_refused_or_runs()
    {
        IReadOnlyList<string> sources = [.. Sources()];
        List<string> faults = [];
        (int refused, int ran) = (0, 0);
        for (int seed = 0; seed < Files; seed++)
        {
            string text = sources[seed % sources.Count];
            try
            {
                ComposedFile file = new(text, seed);
                text = file.ToString();
                refused += file.Rejected;
                if (file.IsWhole)
                {
                    ran++;
                    Run(file.Read(), seed % Written == 0);
                }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                faults.Add($"File {seed}: {fault.GetType().Name}: {fault.Message}\n{string.Join('\n', fault.StackTrace!.Split('\n').Take(8))}\n{text}");
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {Files}\n\n{string.Join("\n\n", faults)}");
        // Most sources can be cut to the horizon, and leaving something out is an error often, but not always.
        Assert.True(ran > Files * 3 / 4 && refused > Files && refused < Files * 20, $"{ran} ran, {refused} refused");
    }

    private static IEnumerable<string> Sources()
    {
        const string Head = "failoversim: 1\nname: composed\n";
        string[] committed = [.. Directory.GetFiles(Repository.Scenarios, "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        for (int i = 0; i < committed.Length; i++)
        {
            yield return committed[i];
            yield return Head + new RandomDataPlane(100 + i);
            yield return Head + new RandomCluster(i);
            yield return Head + new RandomDataPlane(200 + i);
            yield return Head + new RandomScenario(i);
        }
    }

    private static void Run(ScenarioReading reading, bool isWritten)
    {
        ScenarioSpec spec = reading.Spec!;
        Simulation simulation = new ScenarioModel(spec).Build();
        for (int replication = 0; replication < 2; replication++)
        {
            foreach (ServiceRow row in simulation.Run(replication, spec.Run.WarmUp, spec.Run.Horizon))
            {
                Assert.Equal(spec.Run.Horizon.Nanoseconds, row.UpNanoseconds + row.DownNanoseconds);
                Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum());
                Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum());
            }
        }
        if (isWritten && spec.Services.Count > 0)
        {
            using TempFolder folder = new();
            StudyOutcome outcome = VariantsStudy.Run(spec, [], 1, null, CancellationToken.None, CancellationToken.None);
            ResultFolder.Write(folder.Path, StudyFindings.Of(reading, outcome, "test", "failoversim run composed.yaml"));
            Assert.True(File.Exists(folder.File("summary.csv")));
        }
    }
}
