using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.LoadBalancing;
using Xunit;

namespace FailoverSim.Tests.Cluster.LoadBalancing;

/// <summary>Whether checks that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class HealthCheckElisionTests
{
    public static TheoryData<string> Kinds =>
        ["haproxy", "haproxy, slow", "haproxy, no way", "haproxy, whole", "cloud", "cloud, long", "cloud, told", "passive", "passive, three", "passive, at once"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(10_000, faults: 12, seed: 2);

    private static FidelityScan Scan(string kind) => new(fidelity => Subject(kind, fidelity), horizon: 200, lengths: [0, 0.1, 3, 15]);

    private static ScanSubject Subject(string kind, Fidelity fidelity)
    {
        bool isQuick = kind is "haproxy, no way" or "haproxy, whole" or "passive, at once";
        BalancerBench bench = new(2, rtt: isQuick ? 0 : 0.04, notReadyAfter: kind == "haproxy, slow" ? 0.7 : kind == "haproxy, whole" ? 2 : 0);
        Signal[] listed = [.. bench.Backends.Select((_, b) => bench.Lab.Builder.Condition($"listed{b}"))];
        Signal[] watched = kind switch
        {
            "haproxy" => Watch(bench.Checks(CheckTimers.HaProxy(fastInter: 1, downInter: 3), fidelity)),
            "haproxy, slow" => Watch(bench.Checks(CheckTimers.HaProxy(checkTimeout: 5, connectTimeout: 1), fidelity)),
            "haproxy, no way" => Watch(bench.Checks(CheckTimers.HaProxy(fall: 1, rise: 1), fidelity)),
            "haproxy, whole" => Watch(bench.Checks(CheckTimers.HaProxy(inter: 2, checkTimeout: 2, connectTimeout: 2), fidelity)),
            "cloud" => Watch(bench.Checks(CheckTimers.Cloud(2, 5, 3, 3), fidelity, fromCloud: true)),
            "cloud, long" => Watch(bench.Checks(CheckTimers.Cloud(6, 5, 2, 2), fidelity)),
            "cloud, told" => Watch(new HealthChecks(bench.Lab.Builder, "checks", bench.Stages, [null], bench.Backends, bench.Route,
                CheckTimers.Cloud(5, 5, 2, 2), fidelity, listed: listed)),
            "passive, three" => Passive(bench, 3, 4, 0.5, fidelity),
            "passive, at once" => Passive(bench, 1, 0, 2, fidelity),
            _ => Passive(bench, 1, 3, 5, fidelity),
        };
        List<Signal> victims = [bench.Balancer.Alive, bench.Lab.NotHung(bench.Balancer.Name), bench.Lab.Machines[0].Network];
        if (kind == "cloud, told")
        {
            victims.AddRange(listed);
        }
        for (int b = 0; b < bench.Backends.Count; b++)
        {
            Backend backend = bench.Backends[b];
            victims.AddRange([
                backend.Answers, backend.Process.Alive, backend.Process.Machine.Powered, backend.Process.Machine.Network,
                bench.Lab.NotHung(backend.Process.Name), bench.Lab.NotHung(backend.Process.Machine.Name),
                bench.Network.Way("a", $"z{b}"), bench.Network.Way($"z{b}", "a")]);
        }
        return new ScanSubject(bench.Lab.Builder, watched, [.. victims.Select(ScanSubject.Falls)]);
    }

    private static Signal[] Watch(HealthChecks checks) => [.. Enumerable.Range(0, 2).Select(b => checks.InRotation(0, b))];

    private static Signal[] Passive(BalancerBench bench, int maxFails, double connectTimeout, double rate, Fidelity fidelity)
    {
        PassiveOptions options = new(
            maxFails, SimDuration.FromSeconds(10), SimDuration.FromSeconds(connectTimeout), SimDuration.FromSeconds(8), RequestsPerSecond: rate);
        PassiveChecks checks = new(bench.Lab.Builder, "checks", bench.Stages, [bench.Balancer], bench.Backends, bench.Route, options, fidelity);
        return [.. Enumerable.Range(0, 2).Select(b => checks.InRotation(0, b))];
    }
}
