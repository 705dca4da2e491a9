using System.Diagnostics;
using System.Globalization;
using FailoverSim.Analysis.Exact;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Kernel.Exploration;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Exact;

namespace FailoverSim.Benchmarks.Exact;

/// <summary>What it takes to explore and solve Scenarios/workstation-cluster.yaml, and how far the answer is from that by other means.</summary>
internal static class LargeChain
{
    private const double Allowed = 1e-8;

    public static int Print(string file)
    {
        ScenarioReading reading = ScenarioFile.Read(file);
        if (reading.Spec is not { } spec)
        {
            Console.Error.WriteLine(string.Join('\n', reading.Diagnostics));
            return 1;
        }
        Stopwatch watch = Stopwatch.StartNew();
        long begin = CpuClock.Nanoseconds();
        StateSpace space = Explorer.Explore(new ScenarioModel(spec).Build(), ExactLimits.Thorough.Exploration).Space!;
        double explored = Seconds(begin);
        Line($"{space.Count:N0} states, {space.Transitions:N0} transitions");
        Line($"explored in {explored:F1} s of CPU, {watch.Elapsed.TotalSeconds:F1} s of a busy clock");
        begin = CpuClock.Nanoseconds();
        ExactSolution solution = ExactStudy.Solve(space, 0, null, ExactLimits.Thorough.Work)!;
        Line($"solved by {solution.Method} in {Seconds(begin):F1} s of CPU: the long run, and {solution.Services.Count} means to the first outage");
        Line($"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        WorkstationCluster other = new(Workstations(spec));
        _ = LargeChainTests.Comparison(Workstations(spec), out var minimum, out var premium);
        bool near = Compare("minimum", solution, other.Outages(minimum)) & Compare("premium", solution, other.Outages(premium));
        return near ? 0 : 1;
    }

    private static int Workstations(ScenarioSpec spec) => spec.Units.Single(unit => unit.Name == "left").Count;

    private static bool Compare(string name, ExactSolution solution, (double Unavailability, double PerHour) expected)
    {
        ExactRates rates = solution.Services.Single(service => service.Name == name).LongRun;
        double off = Math.Max(
            Math.Abs((rates.Unavailability / expected.Unavailability) - 1),
            Math.Abs((rates.OutagesPerSecond * 3600 / expected.PerHour) - 1));
        Line($"{name}: unavailability {rates.Unavailability:E10}, by other means {expected.Unavailability:E10}; relative difference, frequency included, {off:E1}");
        return off < Allowed;
    }

    private static double Seconds(long begin) => (CpuClock.Nanoseconds() - begin) * 1e-9;

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
