using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;

namespace FailoverSim.Tests.Cluster.Faults;

public class BlameStories
{
    /// <summary>The fault is raised within the step's own reaction; what others do in the rounds after it is charged to the fault.</summary>
    [Fact]
    public void A_fault_that_comes_with_planned_work_is_to_blame_and_not_the_work()
    {
        ScenarioReading reading = ScenarioFile.Read("blame.yaml", Encoding.UTF8.GetBytes("""
            failoversim: 1
            name: blame
            nodes: {cp: {count: 3, place: spread, runs: [etcd, apiserver]}}
            maintenance: {upgrade: {of: nodes.cp, every: 30d, per-node: 10m}}
            faults: {bad-rollout: {of: apiserver, chance: 100% per upgrade, scope: all-replicas, repair: {takes: 20m}}}
            services: {api: {probe: apiserver.write}}
            run: {horizon: 100d, replications: 1}
            """), []);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        Simulation simulation = new ScenarioModel(reading.Spec!).Build();
        ResultNames names = simulation.NamesFor(reading.Spec!.Run.Horizon);
        ServiceRow row = simulation.Run(0, reading.Spec.Run.WarmUp, reading.Spec.Run.Horizon)[0];
        // Clean stops of etcd's leader cost less than a second each, and are the work's own doing.
        int[] rollouts = [.. Enumerable.Range(0, row.Outages.Count).Where(i => row.Outages[i].Duration > 60_000_000_000)];
        Assert.Equal(3, rollouts.Length);
        Assert.All(rollouts, i => Assert.Equal("bad-rollout", names.Causes[Assert.Single(row.OutageCauses[i].ToArray()).Cause]));
    }
}
