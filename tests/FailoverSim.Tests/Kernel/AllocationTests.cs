using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class AllocationTests
{
    [Theory]
    [InlineData("pumps-3-of-5")]
    [InlineData("web-tier")]
    [InlineData("cold-spares")]
    [InlineData("quorum-3-or-5")]
    [InlineData("kubeadm-stacked-3")]
    [InlineData("external-etcd-5-haproxy")]
    [InlineData("quorum-loss-and-pods")]
    [InlineData("spot-fleet")]
    [InlineData("reboot-wave")]
    [InlineData("managed-500-nodes", 2)]
    [InlineData("pumps-3-of-5", 40, true)]
    [InlineData("kubeadm-stacked-3", 40, true)]
    public void Nothing_is_allocated_by_a_replication_apart_from_its_rows(string scenario, int replications = 40, bool scored = false)
    {
        var spec = ScenarioFile.Read(Path.Combine(Repository.Scenarios, $"{scenario}.yaml")).Spec!;
        Simulation simulation = new ScenarioModel(spec).Build();
        if (scored)
        {
            simulation.KeepScores();
        }
        SimTime end = SimTime.Zero + spec.Run.WarmUp + spec.Run.Horizon;
        long allocated = long.MaxValue;
        // Lists grow to their size in the first replications; then nothing may come any more.
        for (int replication = 0; replication < replications; replication++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.Reset(replication);
            simulation.RunUntil(end);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }
}
