using BenchmarkDotNet.Attributes;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>The heart of the comparison under BenchmarkDotNet, for its statistics and its many environments.</summary>
[MemoryDiagnoser]
public class EventListBenchmarks
{
    private const int Operations = 10_000;
    private Trial _hold = null!;
    private Trial _churn = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Slots { get; set; }

    [Params("PriorityQueue", "EventCalendar")]
    public string List { get; set; } = "";

    [GlobalSetup]
    public void Build()
    {
        bool ours = List == "EventCalendar";
        _hold = ours ? new Trial<Product, Hold>(Slots) : new Trial<FusedPriorityQueue, Hold>(Slots);
        _churn = ours ? new Trial<Product, TimerChurn>(Slots) : new Trial<FusedPriorityQueue, TimerChurn>(Slots);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long W1Hold() => _hold.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long W3Churn() => _churn.Run(Operations);
}
