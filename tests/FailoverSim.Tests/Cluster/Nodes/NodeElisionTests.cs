using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Nodes;
using Xunit;

namespace FailoverSim.Tests.Cluster.Nodes;

/// <summary>
/// Whether renewals, passes and polls of the runtime that change nothing are events or not: what follows is the same, to the nanosecond,
/// as long as there are too few of them between two faults to be leapt over.
/// </summary>
public class NodeElisionTests
{
    public static TheoryData<string> Kinds => ["nodes", "quick", "runtimes", "quick runtimes"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(40);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 14, seed: 2);

    private static FidelityScan Scan(string kind)
    {
        bool hasRuntimes = kind.EndsWith("runtimes", StringComparison.Ordinal);
        NodeHealthOptions options = new();
        if (kind.StartsWith("quick", StringComparison.Ordinal))
        {
            // No jitter: renewals, passes and grace keep step. A taint per second.
            options = options with
            {
                LeaseRenewInterval = S(2),
                RenewJitter = 0,
                MonitorPeriod = S(1),
                PassTime = SimDuration.Zero,
                GracePeriod = S(4),
                EvictionRate = 1,
            };
        }
        return new FidelityScan(
            fidelity =>
            {
                NodeBench bench = new([3, 1], options, fidelity, spares: hasRuntimes ? 0 : 1, tolerations: [30, 0, null],
                    outOfServiceAfter: new Constant(40), runtimes: hasRuntimes, notReady: hasRuntimes ? [5, 30, null] : null);
                List<Action<Simulation, bool>> faults =
                [
                    ScanSubject.Falls(bench.Api), ScanSubject.Falls(bench.KubeletsReachApi), ScanSubject.Falls(bench.ControllersAlive),
                ];
                List<Signal> watched = [.. bench.Lifecycle.Ready];
                for (int i = 0; i < 4; i++)
                {
                    int node = i;
                    MachineSignals machine = bench.Set.Signals[node].Machine;
                    List<Signal> dies = [machine.Powered];
                    faults.Add(ScanSubject.Once(_ => bench.Lifecycle.Delete(node)));
                    faults.Add(ScanSubject.Once(_ => bench.Lifecycle.PutOutOfService(node)));
                    faults.Add(ScanSubject.Falls(machine.Network));
                    faults.Add(ScanSubject.Falls(bench.Lab.NotHung(machine.Name)));
                    faults.Add(ScanSubject.Falls(bench.Kubelet(node)));
                    if (bench.Set.Signals[node].Runtime is { } runtime)
                    {
                        watched.AddRange([runtime.Attached, runtime.Usable, runtime.Healthy]);
                        faults.Add(ScanSubject.Falls(bench.Runtime(node)));
                        faults.Add(ScanSubject.Falls(bench.Lab.NotHung($"kubelet@{machine.Name}")));
                        faults.Add(ScanSubject.Falls(bench.Lab.NotHung($"container-runtime@{machine.Name}")));
                        dies.AddRange([bench.Kubelet(node), bench.Runtime(node)]);
                    }
                    faults.Add((s, begins) => dies.ForEach(part => s.Drive(part, !begins)));
                }
                return new ScanSubject(bench.Lab.Builder, [.. watched], [.. faults]) { Build = () => bench.Simulation, Tells = Tell };

                string Tell()
                {
                    // A pass is an event of each node that it concerns, so what else is of its instant may come between two of them.
                    string told = string.Join(' ', bench.Told.OrderBy(t => t.At).ThenBy(t => t.Node).Select(
                        t => string.Create(CultureInfo.InvariantCulture, $"{t.At / 1e9m:0.#########}:{t.What}@{t.Node}")));
                    bench.Told.Clear();
                    string[] counters = ["nodes.not-ready", "nodes.not-ready-false", "nodes.tainted"];
                    return $"{told} {string.Join(',', counters.Select(bench.Count))}";
                }
            },
            horizon: kind == "quick" ? 120 : kind == "quick runtimes" ? 124 : 600, lengths: [0, 3, 30, kind == "runtimes" ? 100 : 50]);
    }

    private static SimDuration S(double seconds) => SimDuration.FromSeconds(seconds);
}
