using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

public class ManagedControlPlaneTests
{
    private const double Day = 86400;

    [Fact]
    public void It_is_up_for_the_share_of_time_that_is_promised()
    {
        const double Availability = 0.9995;
        LogNormal outage = LogNormal.FromMedianAndQuantile(360, 0.95, 3000);
        (Simulation simulation, Signal up) = Build(Availability, outage);
        double years = 1000;
        ServiceRow[] rows = [];
        double down = 0, total = 0;
        for (int replication = 0; replication < 4; replication++)
        {
            rows = simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(years / 4 * 365 * Day));
            down += rows[0].DownNanoseconds;
            total += years / 4 * 365 * Day * 1e9;
        }
        // An alternating renewal process: the asymptotic variance of the share of time down.
        double m = outage.Mean, u = Availability / (1 - Availability) * m, cycle = m + u;
        double variance = ((u * u * outage.Variance) + (m * m * u * u)) / (cycle * cycle * cycle);
        double tolerance = 4.9 * Math.Sqrt(variance / (years * 365 * Day));
        Assert.InRange(down / total, 0.0005 - tolerance, 0.0005 + tolerance);
        Assert.True(tolerance < 0.0005 * 0.1, $"{tolerance}");
        Assert.Equal(["control-plane"], Named(rows[0].DownByCause, simulation.NamesFor(SimDuration.FromSeconds(1)).Causes));
        Assert.Equal(["outage"], Named(rows[0].DownByStage, simulation.NamesFor(SimDuration.FromSeconds(1)).Stages));
    }

    [Fact]
    public void Its_up_times_are_exponential()
    {
        (Simulation simulation, Signal up) = Build(0.99, new Constant(864));
        SignalLog log = new(up);
        simulation.Trace = log;
        simulation.Run(3, SimDuration.Zero, SimDuration.FromSeconds(5000 * Day));
        double[] falls = log.Times(up, false);
        double[] rises = [0, .. log.Times(up, true)];
        double[] lives = [.. falls.Zip(rises, (fall, rise) => fall - rise).Order()];
        Assert.InRange(lives.Length, 4500, 5300);
        // Kolmogorov–Smirnov against the mean of 99 × 864 s: P(√n D > 2.48) is that of 4.9 standard errors.
        double distance = lives.Select((life, i) =>
        {
            double cdf = 1 - Math.Exp(-life / (99 * 864));
            return Math.Max(Math.Abs(cdf - ((double)i / lives.Length)), Math.Abs(cdf - ((i + 1.0) / lives.Length)));
        }).Max();
        Assert.True(distance * Math.Sqrt(lives.Length) < 2.68, $"{distance * Math.Sqrt(lives.Length)}");
        Assert.All(log.Outages(up), outage => Assert.Equal(864, outage, 6));
    }

    [Fact]
    public void One_that_never_fails_needs_no_events()
    {
        (Simulation simulation, _) = Build(1, new Constant(60));
        simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(100 * 365 * Day));
        Assert.Equal(0, simulation.Events);
        Assert.Throws<ArgumentOutOfRangeException>(() => Build(0, new Constant(60)));
    }

    private static (Simulation Simulation, Signal Up) Build(double availability, Law outage)
    {
        ModelBuilder builder = new();
        ManagedControlPlane plane = new(builder, availability, outage, builder.Condition("cloud-api"), new ClusterStages(builder));
        Signal up = plane.Signals.Api;
        Assert.Equal((up, up, up), (plane.Signals.Controllers, plane.Signals.Scheduler, plane.Signals.CloudControllers));
        builder.Service("control-plane", up, up, []);
        return (builder.Build(5), up);
    }

    private static IEnumerable<string> Named(IReadOnlyList<long> shares, IReadOnlyList<string> names) =>
        shares.Select((share, i) => (share, names[i])).Where(s => s.share > 0).Select(s => s.Item2);
}
