using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Supervision;
using Xunit;

namespace FailoverSim.Tests.Cluster.Supervision;

/// <summary>Whether probes that succeed are events or not: what follows is the same, to the nanosecond.</summary>
public class LivenessElisionTests
{
    public static TheoryData<string> Kinds => ["kubeadm", "quick", "longer than a period", "one failure", "no delay"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(100);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(10_000, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        // Period, timeout, failures, initial delay, failures at first, time to say that it is not well.
        (double period, double timeout, int failures, double delay, int atFirst, double says) = kind switch
        {
            "quick" => (10, 1, 3, 0, 30, 0),
            "longer than a period" => (3, 7, 2, 5, 4, 6),
            "one failure" => (10, 1, 1, 10, 2, 0.5),
            "no delay" => (5, 5, 2, 0, 3, 5.0),
            _ => (10.0, 15.0, 8, 10.0, 24, 2.0),
        };
        LivenessOptions options = new(S(period), S(timeout), failures, S(delay), atFirst, S(says));
        return new FidelityScan(
            fidelity =>
            {
                Bench bench = new(1);
                Processes processes = bench.Run("etcd", start: 5, restart: 1);
                Signal well = bench.Builder.Condition("well");
                ProcessSignals process = processes.Set.Signals[0];
                Signal live = bench.Builder.Gate("live", 2, process.Runs, well);
                _ = new Liveness(bench.Builder, processes, [live], options, fidelity);
                return new ScanSubject(bench.Builder, [process.Alive, process.Runs],
                [
                    ScanSubject.Falls(well),
                    Strikes(processes, Affliction.Hang),
                    Strikes(processes, Affliction.Hang, restarted: true),
                    Strikes(processes, Affliction.Down),
                    Strikes(bench.Machines, Affliction.Hang),
                    Strikes(bench.Machines, Affliction.Down),
                    ScanSubject.Once(_ => processes.Exit(0)),
                ]);

                Action<Simulation, bool> Strikes(IVictims victims, Affliction what, bool restarted = false)
                {
                    Cause cause = default;
                    return (simulation, begins) =>
                    {
                        if (begins)
                        {
                            cause = simulation.Cause;
                            victims.Strike(0, what, 0, bench.Stages.Repair);
                        }
                        else
                        {
                            simulation.Resume(cause);
                            victims.End(0, what, 0, restarted);
                        }
                    };
                }
            },
            horizon: 900, lengths: [0, 4, 25, 120]);
    }

    private static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);
}
