using System.Globalization;
using FailoverSim.Analysis.Exact;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Validation;
using Xunit;

namespace FailoverSim.Tests.Exact;

/// <summary>Sweeps over chains too large for elimination, against a solution by other means.</summary>
public class LargeChainTests
{
    [Fact]
    public void A_cluster_of_ten_thousand_states_is_solved_to_1e_8() => Compare(24, 25 * 25 * 16);

    /// <summary>CPU time and memory: the benchmarks' verb <c>exact</c>.</summary>
    [Fact]
    [Trait("Category", "Full")]
    public void A_cluster_of_600_thousand_states_is_solved_to_1e_8() => Compare(192, 595_984);

    private static void Compare(int workstations, int states)
    {
        string[] sets = [.. Comparison(workstations, out _, out _)];
        ScenarioSpec spec = Measurement.Read(
            Path.Combine(Repository.Root, "tests", "FailoverSim.Benchmarks", "Scenarios", "workstation-cluster.yaml"), sets);
        ExactSolution solution = ExactStudy.Solve(spec, ExactLimits.Thorough with { HorizonToo = false }).Solution!;
        WorkstationCluster other = new(workstations);
        Assert.Equal(states, solution.States);
        Assert.Equal(other.States, solution.States);
        Assert.Equal("gauss-seidel", solution.Method);
        _ = Comparison(workstations, out Func<int, int, WorkstationCluster.Network, bool> minimum, out var premium);
        Same(other.Outages(minimum), solution.Services.Single(s => s.Name == "minimum").LongRun);
        Same(other.Outages(premium), solution.Services.Single(s => s.Name == "premium").LongRun);
    }

    /// <summary>The two services for so many workstations, as the file has them for 192.</summary>
    /// <returns>What to set.</returns>
    internal static IEnumerable<string> Comparison(
        int n, out Func<int, int, WorkstationCluster.Network, bool> minimum, out Func<int, int, WorkstationCluster.Network, bool> premium)
    {
        int most = n * 3 / 4, half = most / 2, nearly = n - 2;
        minimum = (left, right, network) => (left >= most && network.Left) || (right >= most && network.Right)
            || (left >= half && right >= half && network.All);
        premium = (left, right, network) => (left >= nearly && network.Left) || (right >= nearly && network.Right);
        return n == 192
            ? []
            : new[]
            {
                $"units.left.count={n}", $"units.right.count={n}",
                "services.minimum.up-when=" + string.Create(
                    CultureInfo.InvariantCulture,
                    $"({most} of left and left-switch) or ({most} of right and right-switch) or ({half} of left and {half} of right and left-switch and right-switch and backbone)"),
                "services.premium.up-when=" + string.Create(
                    CultureInfo.InvariantCulture, $"({nearly} of left and left-switch) or ({nearly} of right and right-switch)"),
            };
    }

    private static void Same((double Unavailability, double PerHour) expected, ExactRates rates)
    {
        Assert.Equal(1, rates.Unavailability / expected.Unavailability, 1e-8);
        Assert.Equal(1, rates.OutagesPerSecond * 3600 / expected.PerHour, 1e-8);
    }
}
