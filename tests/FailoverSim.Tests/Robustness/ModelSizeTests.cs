using System.Text;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness;

/// <summary>What a model takes is told from the file, never too little: with nothing else running, so that memory can be measured.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ModelSizeTests(ITestOutputHelper output)
{
    private const string Name = "memory";

    /// <summary>Of the estimate; a part that costs much less than it is said to would be refused for nothing.</summary>
    private const double Least = 0.3;

    private const string Pods = "services: {s: {probe: workload a-1}}\n";

    public static TheoryData<string, string> Models => new()
    {
        { "units", "units: {a: {count: 20k, fails: exp(10y), repair: {takes: 1h}}}\nservices: {s: {up-when: 5 of a}}\n" },
        { "units with a crew", "crews: {c: {size: 1000}}\nunits: {a: {count: 20k, fails: exp(10y), repair: {takes: 1h, crew: c}}}\nservices: {s: {up-when: 5 of a}}\n" },
        { "units on standby", "units: {a: {count: 20k, fails: exp(10y), repair: {takes: 1h}, standby: {kind: cold, needed: 10}}}\nservices: {s: {up-when: 5 of a}}\n" },
        { "margin", "units: {a: {count: 20k, fails: exp(10y), repair: {takes: 1h}}}\nservices: {s: {up-when: 5 of a}}\noutputs: [margin]\n" },
        { "kinds of units", "units: {" + string.Join(", ", Enumerable.Range(0, 4000).Select(i => $"a{i}: {{fails: exp(10y), repair: {{takes: 1h}}}}")) + "}\nservices: {s: {up-when: a1}}\n" },
        { "nodes", "nodes: {w: {count: 2k, cpu: 400}}\nworkloads: {a: {count: 2}}\n" + Pods },
        { "pods", "nodes: {w: {count: 100, cpu: 400, max-pods: 10k}}\nworkloads: {a: {count: 1, replicas: 20k}}\nservices: {s: {probe: workload a}}\n" },
        { "workloads", "nodes: {w: {count: 100, cpu: 400, max-pods: 10k}}\nworkloads: {a: {count: 5k}}\n" + Pods },
        { "affinity", "nodes: {w: {count: 100, cpu: 400, max-pods: 10k}}\nworkloads: {b: {count: 3k}, a: {count: 3k, affinity: {to: b, by: zone}}}\n" + Pods },
        { "targets", "nodes: {w: {count: 100, cpu: 400, max-pods: 10k}}\nworkloads: {a: {count: 2, replicas: 5k}}\nfaults: {f: {of: workloads, every: exp(1y), lasts: 1h}, g: {of: workloads, every: exp(1y), lasts: 1h}}\n" + Pods },
        { "figures", "nodes: {w: {count: 100, cpu: 400, max-pods: 10k}}\nworkloads: {a: {count: 5k}}\nservices: {m: {aggregate: mean-over(workloads)}, q: {aggregate: quantile(workloads 1%)}, e: {aggregate: all-of(workloads)}}\n" },
        { "control planes", "topology: {zones: [a, b, c]}\nnodes: {w: {count: 9, runs: [etcd, apiserver, controller-manager, scheduler, haproxy, keepalived]}, v: {count: 40, runs: [apiserver, haproxy]}}\nservices: {s: {probe: apiserver.write, through: haproxy}}\n" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void The_estimate_is_no_less_than_the_model_and_not_far_above(string what, string text)
    {
        ScenarioReading reading = ScenarioFile.Read("s.yaml", Encoding.UTF8.GetBytes($"failoversim: 1\nname: x\n{text}run: {{horizon: 1h, replications: 1}}\n"));
        Assert.True(reading.Spec is not null, string.Join('\n', reading.Diagnostics));
        // What is made once for all models is not of this one.
        Run(reading);
        // Threads that earlier tests have left may let go of theirs meanwhile; the model is there each time.
        long bytes = 0;
        for (int attempt = 0; attempt < 3 && !(bytes >= Least * reading.ModelBytes && bytes <= reading.ModelBytes); attempt++)
        {
            bytes = BytesOf(reading);
            output.WriteLine($"{what}: {bytes:N0} bytes, estimated {reading.ModelBytes:N0}");
        }
        Assert.InRange(bytes, Least * reading.ModelBytes, reading.ModelBytes);
    }

    private static long BytesOf(ScenarioReading reading)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Simulation simulation = Run(reading);
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(simulation);
        return bytes;
    }

    private static Simulation Run(ScenarioReading reading)
    {
        Simulation simulation = new ScenarioModel(reading.Spec!).Build();
        simulation.Run(0, SimDuration.Zero, reading.Spec!.Run.Horizon);
        return simulation;
    }
}
