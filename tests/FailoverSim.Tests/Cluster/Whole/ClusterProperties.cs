using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using FailoverSim.Tests.Models;
using Xunit;

namespace FailoverSim.Tests.Cluster.Whole;

/// <summary>What holds for every cluster and all its faults: random ones, the same each time.</summary>
public class ClusterProperties
{
    private const int Clusters = 150;

    private static readonly SimDuration Horizon = SimDuration.FromSeconds(6 * 3600);

    [Fact]
    public void Down_time_is_accounted_for_and_everything_works_again_when_all_faults_are_over()
    {
        List<string> broken = [];
        ForEach((cluster, spec) =>
        {
            foreach (ServiceRow row in new ScenarioModel(spec).Build().Run(0, SimDuration.Zero, Horizon))
            {
                Assert.Equal(Horizon.Nanoseconds, row.UpNanoseconds + row.DownNanoseconds);
                Assert.Equal(row.DownNanoseconds, row.DownByCause.Sum());
                Assert.Equal(row.DownNanoseconds, row.DownByStage.Sum());
                Assert.Equal(row.DownNanoseconds, row.Outages.Sum(o => o.Duration));
                BeganWith.Check(row);
                if (row.Outages.Count > 0 && row.Outages[^1].Start + row.Outages[^1].Duration >= Horizon.Nanoseconds)
                {
                    broken.Add($"{spec.Services[row.Service].Name} since {row.Outages[^1].Start / 1e9} in\n{cluster}");
                }
            }
        });
        Assert.True(broken.Count == 0, string.Join("\n\n", broken.Take(5)) + broken.Count);
    }

    [Fact]
    public void A_run_can_be_repeated_and_continued_in_another_instance()
    {
        ForEach((cluster, spec) =>
        {
            Simulation first = new ScenarioModel(spec).Build(), second = new ScenarioModel(spec).Build();
            first.Run(3, SimDuration.Zero, Horizon);
            ulong whole = first.FingerprintValue;
            first.Reset(3);
            // In the middle of some failover.
            first.RunUntil(new SimTime(1_000_000_000L * (100 + (whole % 3600 is var s ? (long)s : 0))));
            second.Run(1, SimDuration.Zero, Horizon);
            second.CopyStateFrom(first);
            Assert.Equal(first.Encode(), second.Encode());
            first.RunUntil(SimTime.Zero + Horizon);
            second.RunUntil(SimTime.Zero + Horizon);
            Assert.Equal((whole, whole), (first.FingerprintValue, second.FingerprintValue));
            Assert.Equal(first.Encode(), second.Encode());
        });
    }

    [Fact]
    public void The_order_of_declaration_changes_nothing() => ForEach((cluster, spec) =>
        Assert.Equal(Story.Of(spec).Trace(), Story.Of(cluster.Reversed(), "6h").Trace()));

    [Fact]
    public void Another_fault_or_service_disturbs_nobody() => ForEach((cluster, spec) =>
    {
        string expected = Story.Of(spec).Trace();
        Assert.Equal(expected, Story.Of(cluster.WithStranger(), "6h").Trace());
        string more = Story.Of(cluster.ToString().Replace("services:\n", "services:\n  aa: {probe: etcd.leader}\n", StringComparison.Ordinal), "6h").Trace();
        Assert.Equal(expected, Without("aa", more));
    });

    /// <summary>Without what is told of a service.</summary>
    private static string Without(string service, string trace)
    {
        int start = trace.IndexOf($"{service}: ", StringComparison.Ordinal);
        int end = trace.IndexOf("\napi: ", start, StringComparison.Ordinal) + 1;
        return trace.Remove(start, end - start);
    }

    private static void ForEach(Action<RandomCluster, ScenarioSpec> check)
    {
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster cluster = new(seed);
            try
            {
                check(cluster, Story.Spec($"{cluster}run: {{horizon: 6h}}"));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Cluster {seed}:\n{cluster}\n{fault.Message}", fault);
            }
        }
    }
}
