using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Vrrp;
using Xunit;

namespace FailoverSim.Tests.Cluster.Vrrp;

/// <summary>Faults at the instant of an advertisement, or of its arrival, find it where it would have been.</summary>
public class VrrpInstantTests
{
    public static TheoryData<string> Kinds => ["plain", "no time", "slow", "delay", "fault", "weight"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 10, seed: 2);

    /// <summary>A script that was started while the master hung for a moment, and finds nothing, is not behind what happens later.</summary>
    [Fact]
    public void A_fault_that_is_over_is_not_charged_with_the_next_one() => Scan("weight").Check(
        25, new ScheduledFault(3, 2_000_000_000, 2_000_000_000, true), new ScheduledFault(20, 5_000_000_000, 7_660_000_000, true));

    /// <summary>Two masters that do not hear each other advertise at the same instants, one of them late.</summary>
    [Fact]
    public void An_overdue_advertisement_is_not_lost_when_the_group_falls_quiet() => Scan("plain").Check(
        1907, new ScheduledFault(3, 12_000_000_000, 13_167_535_310, true), new ScheduledFault(11, 9_000_000_000, 25_690_000_000, false),
        new ScheduledFault(13, 19_000_000_000, 20_167_535_310, true));

    private static FidelityScan Scan(string kind)
    {
        VrrpOptions options = kind switch
        {
            "delay" => VrrpBench.Options(delay: 7),
            "fault" => VrrpBench.Options(script: VrrpBench.Script(1, 1, 2, 2, 0)),
            "weight" => VrrpBench.Options(script: VrrpBench.Script(3, 2, 2, 2, -2)),
            _ => VrrpBench.Options(),
        };
        double rtt = kind switch { "no time" => 0, "slow" => 1.7, _ => 0.1 };
        return new FidelityScan(
            fidelity =>
            {
                VrrpBench bench = new([101, 100, 100], options, rtt, fidelity, restart: 9);
                List<Signal> victims = [];
                for (int i = 0; i < 3; i++)
                {
                    ProcessSignals process = bench.Instances[i].Process;
                    victims.AddRange([
                        process.Alive, process.Machine.Powered, process.Machine.Network, bench.Lab.NotHung(process.Name),
                        bench.Lab.NotHung(process.Machine.Name), bench.Proxies[i].Alive, bench.Lab.NotHung(bench.Proxies[i].Name),
                        bench.Network.Way($"z{i}", $"z{(i + 1) % 3}"), bench.Network.Way($"z{(i + 1) % 3}", $"z{i}")]);
                }
                return new ScanSubject(
                    bench.Lab.Builder, [.. Enumerable.Range(0, 3).Select(bench.Group.IsMaster)],
                    [
                        .. victims.Select(ScanSubject.Falls),
                        .. bench.Instances.Select((instance, slot) => ScanSubject.Once(s =>
                        {
                            if (s.Signals[instance.Process.Runs])
                            {
                                bench.Group.Stop(slot);
                            }
                        })),
                    ])
                {
                    Build = bench.Build,
                };
            },
            horizon: 60, lengths: [0, 0.3, 4, 15]);
    }
}
