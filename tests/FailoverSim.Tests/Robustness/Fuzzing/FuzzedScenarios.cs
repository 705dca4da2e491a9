using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Specification;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Whatever a scenario file holds: reading it ends soon, in findings or a scenario, and such a scenario can be built and begun.</summary>
public sealed class FuzzedScenarios(ITestOutputHelper output)
{
    private const int LongestLine = 1_400;

    /// <summary>Large ones are built by tests of their own.</summary>
    private const long MostModelBytes = 8 << 20;

    private const int MostEvents = 3_000;

    private static readonly Lazy<ScenarioMutator> Mutator = new(() => new ScenarioMutator([Durability.SmallStudy.Text, Library.Studies.Shop]));

    [Fact]
    public void Reading_ends_with_findings_or_a_scenario_that_reads_back() =>
        new Campaign("scenarios", 5_600, mostSeconds: 3, output).Run(Mutator.Value.Mutant, Read, MostBytes);

    [Fact]
    public void What_is_read_without_a_finding_is_built_and_begun()
    {
        int begun = 0, all = 0;
        new Campaign("models", 500, mostSeconds: 3, output).Run(
            number => Encoding.UTF8.GetBytes(Mutator.Value.Valid(number)),
            file =>
            {
                all++;
                begun += Begin(file) ? 1 : 0;
            },
            MostBytes);
        // Else nothing but the reader is tried.
        Assert.True(begun > all / 2, $"{begun} of {all}");
    }

    internal static long MostBytes(long length) => (1536L << 20) + (4096 * length);

    private static void Read(byte[] file)
    {
        ScenarioReading reading = ScenarioFile.Read("mutant.yaml", file, null, Beside);
        Assert.Equal(reading.Spec is null, reading.HasErrors);
        foreach (Diagnostic finding in reading.Diagnostics)
        {
            string line = finding.ToString();
            Assert.True(line.Length <= LongestLine && !line.Any(char.IsControl), $"a finding of {line.Length} characters, or with control characters: {line}");
        }
        if (reading.Expanded is { } expanded)
        {
            ScenarioReading again = ScenarioFile.ReadResolved("expanded.yaml", Encoding.UTF8.GetBytes(expanded), Beside);
            Assert.True(reading.NormalText == again.NormalText, $"the resolved scenario reads otherwise: {string.Join('\n', again.Diagnostics.Take(1))}");
        }
    }

    /// <returns>Whether it is a scenario at all.</returns>
    private static bool Begin(byte[] file) => Begin(ScenarioFile.Read("mutant.yaml", file, null, Beside));

    /// <summary>Builds its model and follows it for some events.</summary>
    /// <returns>Whether it is a scenario at all.</returns>
    internal static bool Begin(ScenarioReading reading)
    {
        if (reading.Spec is not { } spec || reading.ModelBytes > MostModelBytes)
        {
            return false;
        }
        RunSpec run = spec.Run;
        Simulation simulation = new ScenarioModel(spec).Build();
        simulation.Trace = new Stop();
        try
        {
            simulation.Run(0, run.WarmUp, run.Horizon);
        }
        catch (Exception end) when (end is OperationCanceledException or ClockExceededException)
        {
            // Enough, or too long for any clock.
        }
        return true;
    }

    private static byte[]? Beside(string path) => path switch
    {
        "a.csv" => "5m\n1h30m\n"u8.ToArray(),
        "other.yaml" => Encoding.UTF8.GetBytes(Durability.SmallStudy.Text),
        _ => null,
    };

    /// <summary>Ends a run when it has gone on for a while: it may be one of years in nanoseconds.</summary>
    private sealed class Stop : ITrace
    {
        private int _events;

        public void OnTimer(SimTime time, Component component, int slot, int timer)
        {
            if (++_events > MostEvents)
            {
                throw new OperationCanceledException();
            }
        }

        public void OnState(SimTime time, Component component, int slot, string state)
        {
        }

        public void OnSignal(SimTime time, Signal signal, bool value)
        {
        }
    }
}
