using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Etcd;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Etcd;

/// <summary>Faults at the instant of a heartbeat, or of its arrival, find it where it would have been.</summary>
public class EtcdInstantTests
{
    public static TheoryData<string> Kinds => ["constant", "no time", "slow", "one beat", "uniform"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(15);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 10, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        Law rtt = kind switch
        {
            "no time" => new Constant(0),
            "slow" => new Constant(0.23),
            "one beat" => new Constant(0.1),
            "uniform" => new Uniform(0.0005, 0.02),
            _ => new Constant(0.001),
        };
        EtcdOptions options = EtcdLab.Defaults with { SnapshotCount = 100, CatchupEntries = 50 };
        return new FidelityScan(
            fidelity =>
            {
                EtcdLab lab = new(3, options, rtt, fidelity);
                List<Action<Simulation, bool>> faults = [];
                for (int i = 0; i < 3; i++)
                {
                    int a = i;
                    int b = (i + 1) % 3;
                    faults.AddRange([
                        (_, begins) => Drive(begins, () => lab.Kill(a), () => lab.Start(a)),
                        (_, begins) => lab.Hang(a, begins),
                        (_, begins) => lab.Stall(a, begins),
                        (_, begins) => lab.Cut(a, b, begins),
                        (_, begins) => lab.Cut(b, a, begins),
                        (_, begins) => lab.Isolate(a, begins),
                        (_, begins) => lab.Lose(a, b, begins ? 0.3 : 0),
                        (_, begins) => Drive(begins, () => lab.Cluster.Stop(a), () => lab.Start(a)),
                    ]);
                }
                return new ScanSubject(
                    lab.Bench.Builder, [lab.Cluster.Signals.Leader, lab.Cluster.Signals.Write, .. lab.Cluster.Signals.Serves], [.. faults])
                {
                    Build = () => lab.Simulation,
                    ComparesCauses = false,
                };
            },
            horizon: 40, lengths: [0, 0.1, 1.5, 8]);

        static void Drive(bool begins, Action begin, Action end)
        {
            if (begins)
            {
                begin();
            }
            else
            {
                end();
            }
        }
    }
}
