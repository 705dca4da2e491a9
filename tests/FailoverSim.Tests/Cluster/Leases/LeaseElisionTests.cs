using FailoverSim.Kernel;
using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Cluster.Leases;

/// <summary>
/// Whether renewals and polls that change nothing are events or not: what follows is the same, to the nanosecond, as long as there are too few of
/// them between two faults to be leapt over.
/// </summary>
public class LeaseElisionTests
{
    public static TheoryData<string> Kinds => ["client-go", "kube-vip", "kube-vip, one", "slow", "slow, released", "no time", "very slow"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(10_000, faults: 10, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        bool isQuick = kind.StartsWith("kube-vip", StringComparison.Ordinal) || kind == "slow, released";
        Law calls = kind switch
        {
            "client-go" or "kube-vip, one" => new Constant(0.01),
            "slow" or "slow, released" => new Uniform(0.05, 0.9),
            "no time" => new Constant(0),
            "very slow" => new Uniform(0.2, 4.9),
            _ => new Uniform(0.002, 0.03),
        };
        return new FidelityScan(
            fidelity =>
            {
                LeaseBench bench = new(
                    kind == "kube-vip, one" ? 1 : 3, isQuick ? LeaseBench.Timers(5, 3, 1, release: true) : null, fidelity, calls,
                    sync: kind == "no time" ? 0 : 0.5, restart: kind == "slow" ? double.PositiveInfinity : 3, nodeIdentity: isQuick);
                List<Action<Simulation, bool>> faults = [ScanSubject.Falls(bench.Commits)];
                for (int i = 0; i < bench.Candidates.Count; i++)
                {
                    int slot = i;
                    ProcessSignals process = bench.Candidates[i];
                    faults.AddRange(new[]
                    {
                        bench.Accepts(i), bench.NotHung(i), process.Alive, process.Machine.Powered,
                    }.Select(ScanSubject.Falls));
                    faults.Add(ScanSubject.Once(s =>
                    {
                        if (s.Signals[process.Alive])
                        {
                            bench.Electors.Stop(slot);
                        }
                    }));
                }
                return new ScanSubject(
                    bench.Lab.Builder, [bench.Electors.Held, bench.Electors.Acting, .. bench.Candidates.Select((_, i) => bench.Electors.LeadsOf(i))], [.. faults]);
            },
            horizon: isQuick ? 63 : 126, lengths: [0, 0.5, 6, 20]);
    }
}
