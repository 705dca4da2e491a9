using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Networking;
using FailoverSim.Tests.Cluster.Cloud;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>Whether keepalives and passes that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class RouteElisionTests
{
    public static TheoryData<string> Kinds => ["calico", "jitter", "quick", "restarts", "cloud", "cloud, quick"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 12, seed: 2);

    private static FidelityScan Scan(string kind) => kind switch
    {
        "cloud" => new FidelityScan(f => Cloud(S(10), f), horizon: 500, lengths: [0, 5, 40, 100]),
        "cloud, quick" => new FidelityScan(f => Cloud(S(1), f), horizon: 300, lengths: [0, 1, 5, 60]),
        "jitter" => Bgp(NetworkBench.Bgp with { Jitter = 0.25 }),
        "quick" => Bgp(NetworkBench.Bgp with { HoldTime = S(9), KeepaliveTime = S(3), RestartTime = S(6), ConnectRetry = S(1), ConnectDelay = SimDuration.Zero }),
        "restarts" => Bgp(NetworkBench.Bgp with { RestartsAfterHold = true }),
        _ => Bgp(NetworkBench.Bgp),
    };

    private static FidelityScan Bgp(CniOptions options) => new(
        fidelity =>
        {
            NetworkBench bench = new(2, 2);
            (RouteSet set, NodeRoutes routes) = bench.Routes(options, fidelity);
            List<Action<Simulation, bool>> faults = [];
            for (int i = 0; i < 2; i++)
            {
                int node = i;
                ProcessSignals agent = bench.Agents[i];
                faults.AddRange(new[]
                {
                    agent.Alive, agent.Machine.Network, bench.NotHung(agent), bench.NotHung(agent.Machine),
                    bench.Network.Way(agent.Machine.Zone, bench.Agents[1 - i].Machine.Zone),
                }.Select(ScanSubject.Falls));
                faults.Add((s, begins) =>
                {
                    s.Drive(agent.Machine.Powered, !begins);
                    s.Drive(agent.Alive, !begins);
                });
                faults.Add((_, begins) =>
                {
                    if (begins)
                    {
                        routes.Deleted(node);
                    }
                    else
                    {
                        routes.Registered(node);
                    }
                });
            }
            return new ScanSubject(bench.Lab.Builder, [.. set.Routed, .. set.ZonesRouted], [.. faults]);
        },
        horizon: 10 * options.HoldTime.Seconds,
        lengths: [0, 0.2 * options.HoldTime.Seconds, 0.6 * options.HoldTime.Seconds, 3 * options.HoldTime.Seconds]);

    /// <summary>Cloud routes and cloud nodes: three nodes and a place for a fourth.</summary>
    private static ScanSubject Cloud(SimDuration period, Fidelity fidelity)
    {
        CloudBench bench = new(4, new Constant(20), spare: 1, zones: 2);
        bench.Lifecycle.HasRoutes = bench.Lifecycle.HasCloud = true;
        bench.AddCloudNodes(fidelity);
        RouteSet routes = RouteSet.Declare(
            bench.Builder, NetworkBench.Bgp with { Routes = RoutesBy.Cloud }, bench.Nodes.Options, bench.Nodes.Zones);
        bench.Lifecycle.WatchedBy(new CloudRoutes(
            bench.Builder, bench.Objects, bench.Lifecycle, routes, bench.Control, period, fidelity));
        List<Action<Simulation, bool>> faults =
        [
            ScanSubject.Falls(bench.Control.Api), ScanSubject.Falls(bench.Control.CloudControllers), ScanSubject.Falls(bench.Control.CloudApi),
        ];
        for (int i = 0; i < 4; i++)
        {
            int node = i;
            faults.Add(ScanSubject.Once(_ => bench.Instances.Launch(node)));
            faults.Add(ScanSubject.Once(_ => bench.Instances.Terminate(node)));
            faults.Add(ScanSubject.Once(_ => bench.Lifecycle.Delete(node)));
            faults.Add((simulation, begins) =>
            {
                if (begins)
                {
                    bench.Machines.Strike(node, Affliction.Down, 0, bench.Stages.Repair);
                }
                else
                {
                    bench.Machines.End(node, Affliction.Down, 0, false);
                }
            });
        }
        return new ScanSubject(bench.Builder, [.. routes.Routed, .. bench.Lifecycle.Ready], [.. faults]);
    }

    private static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);
}
