using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cloud;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Cloud;

/// <summary>Whether scans that find nothing to do are events or not: what follows is the same, to the nanosecond.</summary>
public class AutoscalerElisionTests
{
    public static TheoryData<string> Kinds => ["autoscaler", "quick", "rests"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 14, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        AutoscalerOptions options = new() { MaxByPool = [6] };
        options = kind switch
        {
            "quick" => options with
            {
                ScanInterval = S(5),
                MaxNodeProvisionTime = S(60),
                ScaleDownUnneeded = S(50),
                ScaleDownDelayAfterAdd = S(40),
                InitialBackoff = S(20),
                OkUnready = 1,
            },
            "rests" => options with { MaxNodeProvisionTime = S(20), InitialBackoff = S(30), MaxBackoff = S(100), BackoffReset = S(200), OkUnready = 0 },
            _ => options,
        };
        return new FidelityScan(
            fidelity =>
            {
                CloudBench bench = new(7, new Constant(25), spare: 4, zones: 2);
                PlainPods pods = new(7);
                PlainPending pending = new();
                Autoscaler autoscaler = new(
                    bench.Builder, options, bench.Objects, bench.Lifecycle, bench.Instances, pods, pending, bench.Control, fidelity);
                bench.Lifecycle.WatchedBy(autoscaler);
                List<Action<Simulation, bool>> faults = [ScanSubject.Falls(bench.Control.Api), ScanSubject.Falls(bench.Control.CloudApi)];
                foreach (int nodes in (int[])[1, 2, 4, 2])
                {
                    faults.Add((_, begins) => pending.Wait(begins ? nodes : 0));
                }
                for (int i = 0; i < 7; i++)
                {
                    int node = i;
                    faults.Add((_, begins) =>
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
                    faults.Add((_, begins) =>
                    {
                        if (begins)
                        {
                            autoscaler.Emptied(node);
                        }
                    });
                    faults.Add(ScanSubject.Once(_ => bench.Instances.Terminate(node)));
                }
                return new ScanSubject(bench.Builder, [.. bench.Lifecycle.Ready, .. bench.Set.Signals.Select(s => s.Powered)], [.. faults])
                {
                    Tells = () =>
                    {
                        pending.Wait(0);
                        return "";
                    },
                };
            },
            horizon: kind == "autoscaler" ? 2500 : 600, lengths: [0, 10, 60, 200]);
    }

    private static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);
}
