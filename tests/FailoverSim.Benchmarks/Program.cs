using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Benchmarks.Exact;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Benchmarks.MemoryUse;
using FailoverSim.Benchmarks.Page;
using FailoverSim.Benchmarks.Parts;
using FailoverSim.Benchmarks.Ratios;
using FailoverSim.Benchmarks.RealSoftware;
using FailoverSim.Benchmarks.Scaling;
using FailoverSim.Tests;

return args switch
{
    ["event-lists"] => EventListComparison.PrintTable(quick: false),
    ["event-lists", "--quick"] => EventListComparison.PrintTable(quick: true),
    ["machine-repair"] => MachineRepairComparison.PrintTable(quick: false),
    ["machine-repair", "--quick"] => MachineRepairComparison.PrintTable(quick: true),
    ["scenario", string file] => ScenarioSpeed.Print(file),
    ["speeds"] => ScenarioSpeed.PrintAll(),
    ["fingerprints", string file] => ScenarioSpeed.PrintFingerprints(file),
    ["data-plane", ..] => DataPlaneSpeed.PrintTable(),
    ["placements"] => PlacementSpeed.PrintTable(),
    ["exact", string file] => LargeChain.Print(file),
    ["ratios"] => RatioTable.Print(full: false),
    ["ratios", "--full"] => RatioTable.Print(full: true),
    ["native"] => NativeComparison.Print(),
    ["scaling"] => ThreadScaling.Print(full: false),
    ["scaling", "--full"] => ThreadScaling.Print(full: true),
    ["memory"] => MemoryTables.Print(),
    ["validation"] => ValidationPage.Update(),
    ["page", .. string[] sections] => PerformancePage.Update(sections),
    ["bdn", .. string[] options] => RunBenchmarkDotNet(options),
    _ => Usage(),
};

static int RunBenchmarkDotNet(string[] options)
{
    // It looks for the project from here on, and must find this one only.
    Directory.SetCurrentDirectory(Repository.Root);
    IConfig config = DefaultConfig.Instance
        .WithArtifactsPath(Path.Combine(Repository.Root, ".artifacts", "benchmarks"))
        .WithBuildTimeout(TimeSpan.FromMinutes(10));
    BenchmarkSwitcher.FromAssembly(typeof(EventListBenchmarks).Assembly).Run(options, config);
    return 0;
}

static int Usage()
{
    Console.WriteLine("""
        Usage: FailoverSim.Benchmarks <verb>
          event-lists [--quick]     every event list under every workload: ns per operation, ratio to .NET's PriorityQueue
          machine-repair [--quick]  the whole engine against bare loops over PriorityQueue and over our own event list
          scenario <file>           replications and events per second of a scenario on one thread
          speeds                    simulated years per second and core of several scenarios, as CSV
          data-plane                a year of Scenarios/maximum-cluster.yaml and of a tenth of it, as CSV
          fingerprints <file>       histories of that scenario and of machine repair for seeds 1 to 3, to compare builds
          placements                ns per placement of a pod in clusters of 500 to 5,000 nodes
          exact <file>              explores and solves Scenarios/workstation-cluster.yaml, against a solution by other means
          ratios [--full]           ours against the baselines as CSV, within a minute (ten)
          native                    our event list against lists in C++, where there is a g++, as CSV
          scaling [--full]          how much faster two threads and all are than one, and where the rest is lost, as CSV
          memory                    bytes per event and replication, by who keeps them, and per part of a model, as CSV
          validation                simulates what was measured on real software; writes table and pictures of engine/docs/validation.md
          page [section...]         measures the tables of engine/docs/performance.md: ratios, speeds, native, scaling, memory, or all
          bdn [options]             each part by itself under BenchmarkDotNet (--filter '*' for all)
        """);
    return 0;
}
