using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

/// <summary>Which nodes a cloud's balancer has been told of.</summary>
public class ServiceControllerStories
{
    [Fact]
    public void A_node_is_told_of_when_it_has_been_initialized_and_taken_away_with_its_object_and_not_when_it_is_not_ready()
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        // Ready again after 400 s: it has been a member all the time.
        bench.Fault(100, 300, bench.Machines, 1, Affliction.Hang);
        bench.Lab.At(1000, _ => bench.Instances.Launch(3));
        bench.Lab.At(2000, _ =>
        {
            bench.Instances.Terminate(0);
            bench.Lifecycle.Delete(0);
        });
        bench.Play(3000);
        Assert.Equal(["2000-", "", "", "1060+"], Told(bench, controller));
    }

    /// <summary>The first call fails with the change; then 5, 10, 20, 40, 80, 160, 300 and 300 s pass.</summary>
    [Theory]
    [InlineData(3, 1005)]
    [InlineData(60, 1075)]
    [InlineData(200, 1315)]
    [InlineData(316, 1615)]
    [InlineData(1500, 2515)]
    public void A_call_that_fails_is_made_again_after_5_seconds_and_then_twice_as_long_up_to_300(double lasts, double told)
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(0));
        bench.Out(999, 1 + lasts, bench.Control.CloudApi);
        bench.Play(4000);
        Assert.Equal(FormattableString.Invariant($"{told}-"), Told(bench, controller)[0]);
    }

    [Fact]
    public void Another_change_is_called_for_at_once_and_does_not_put_off_the_next_try()
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(0));
        bench.Lab.At(1400, _ => bench.Lifecycle.Delete(1));
        bench.Lab.At(1500, _ => bench.Lifecycle.Delete(2));
        bench.Out(990, 500, bench.Control.CloudApi);
        bench.Play(4000);
        // The call of 1315 s fails, and so does that of 1400 s; 1615 s would be the next.
        Assert.Equal(["1500-", "1500-", "1500-", ""], Told(bench, controller));
        Assert.Equal("1000 failed 1005 failed 1015 failed 1035 failed 1075 failed 1155 failed 1315 failed 1400 failed",
            bench.Of("service-controller"));
    }

    [Fact]
    public void Who_begins_to_act_calls_at_once_and_knows_of_no_back_off()
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(0));
        bench.Out(990, 1000, bench.Control.CloudApi);
        bench.Out(1700, 270, bench.Control.CloudControllers);
        bench.Play(4000);
        // Its own calls fail at 1970, 1975 and 1985 s; its predecessor's next one was due at 2215 s.
        Assert.Equal("2005-", Told(bench, controller)[0]);
        Assert.EndsWith("1615 failed 1970 failed 1975 failed 1985 failed", bench.Of("service-controller"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_acts_and_the_balancer_goes_on_with_what_it_has()
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        bench.Lab.At(1000, _ => bench.Lifecycle.Delete(0));
        bench.Out(900, 1100, bench.Control.CloudControllers);
        bench.Play(4000);
        Assert.Equal("2000-", Told(bench, controller)[0]);
    }

    /// <summary>Two machines change places with new ones while no call goes through.</summary>
    [Fact]
    public void A_successor_in_the_same_place_is_no_member_for_its_predecessors_sake()
    {
        (CloudBench bench, ServiceController controller) = Bench(new Constant(60));
        bench.Lab.At(1000, _ =>
        {
            bench.Lifecycle.Delete(0);
            bench.Instances.Launch(0);
        });
        bench.Out(1001, 500, bench.Control.CloudApi);
        bench.Out(999, 3, bench.Control.CloudControllers);
        bench.Play(4000);
        // The new leader's calls fail from 1002 s on, the next is due at 1617 s. It registers at 1060 s and is initialized when the provider answers, at 1501 s.
        Assert.Equal("1060- 1501+", Told(bench, controller)[0]);
    }

    [Fact]
    public void Quiet_means_no_events()
    {
        (CloudBench bench, _) = Bench(new Constant(60));
        bench.Play(1e7);
        Assert.Equal(0, bench.Simulation.Events);
    }

    /// <summary>Three nodes and a place for a fourth.</summary>
    private static (CloudBench Bench, ServiceController Controller) Bench(Constant boot)
    {
        CloudBench bench = new(4, boot, spare: 1);
        bench.Lifecycle.HasCloud = true;
        bench.AddCloudNodes();
        ServiceController controller = new(bench.Builder, bench.Objects, bench.Control);
        bench.Lifecycle.WatchedBy(controller);
        return (bench, controller);
    }

    private static string[] Told(CloudBench bench, ServiceController controller) =>
        [.. controller.Members.Select((Signal member) => bench.Of(bench.Simulation.Signals.NameOf(member)))];
}
