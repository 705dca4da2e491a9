using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Addresses;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Addresses;

/// <summary>Whether keepalives and checks that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class BgpElisionTests
{
    public static TheoryData<string> Kinds => ["kube-vip", "slow check", "one failure", "equal", "no check"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(100);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(10_000, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        // Keepalive, hold, check's period, timeout and failures, time to connect.
        (double keepalive, double hold, double period, double timeout, int failures, double connects) = kind switch
        {
            "slow check" => (10, 30, 2, 5, 2, 2),
            "one failure" => (3, 9, 1, 0.7, 1, 0),
            "equal" => (5, 5, 5, 5, 2, 5),
            "no check" => (7, 15, 0, 0, 0, 1),
            _ => (10.0, 30.0, 5.0, 3.0, 3, 2.0),
        };
        return new FidelityScan(
            fidelity =>
            {
                Lab lab = new();
                List<BgpSpeaker> speakers = [];
                List<Action<Simulation, bool>> faults = [];
                for (int i = 0; i < 1; i++)
                {
                    MachineSignals machine = lab.Machine($"cp-{i + 1}");
                    ProcessSignals process = lab.Process("kube-vip", machine);
                    Signal backend = lab.Builder.Condition($"backend-{i + 1}");
                    Signal accepts = lab.Builder.Condition($"accepts-{i + 1}");
                    Signal host = lab.Builder.Gate($"host-{i + 1}", 2, machine.Up, machine.Network);
                    Signal works = lab.Builder.Gate($"works-{i + 1}", 2, backend, accepts);
                    speakers.Add(new BgpSpeaker(process, host, works, accepts, new Constant(connects)));
                    faults.AddRange(new[]
                    {
                        backend, accepts, process.Alive, machine.Network, lab.NotHung(process.Name), lab.NotHung(machine.Name),
                    }.Select(ScanSubject.Falls));
                    faults.Add((s, begins) =>
                    {
                        // Power takes the process with it.
                        s.Drive(machine.Powered, !begins);
                        s.Drive(process.Alive, !begins);
                    });
                }
                BgpCheck? check = period == 0 ? null : new BgpCheck(SimDuration.FromSeconds(period), SimDuration.FromSeconds(timeout), failures);
                BgpOptions options = new("vip", SimDuration.FromSeconds(keepalive), SimDuration.FromSeconds(hold), check);
                BgpAddress address = new(lab.Builder, options, speakers, new ClusterStages(lab.Builder), fidelity);
                return new ScanSubject(lab.Builder, [address.Reaches], [.. faults]);
            },
            horizon: 400, lengths: [0, 0.5, 6, 40]);
    }
}
