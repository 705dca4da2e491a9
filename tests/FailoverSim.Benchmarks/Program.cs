using BenchmarkDotNet.Running;
using FailoverSim.Benchmarks.EventLists;

return args switch
{
    ["event-lists"] => EventListComparison.PrintTable(quick: false),
    ["event-lists", "--quick"] => EventListComparison.PrintTable(quick: true),
    ["ratios"] => EventListComparison.PrintRatios(),
    ["bdn", .. string[] options] => RunBenchmarkDotNet(options),
    _ => Usage(),
};

static int RunBenchmarkDotNet(string[] options)
{
    BenchmarkSwitcher.FromAssembly(typeof(EventListBenchmarks).Assembly).Run(options);
    return 0;
}

static int Usage()
{
    Console.WriteLine("""
        Usage: FailoverSim.Benchmarks <verb>
          event-lists [--quick]   every event list under every workload: ns per operation, ratio to .NET's PriorityQueue
          ratios                  ours against the baseline as CSV, within a minute
          bdn [options]           the same under BenchmarkDotNet (--filter '*' for all)
        """);
    return 0;
}
