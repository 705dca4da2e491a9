using BenchmarkDotNet.Attributes;
using FailoverSim.Benchmarks.EventLists;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>One operation on our event list, and on .NET's heap.</summary>
[MemoryDiagnoser]
public class EventListBenchmarks
{
    private const int Operations = 10_000;
    private Trial _hold = null!;
    private Trial _churn = null!;
    private Trial _mixed = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Slots { get; set; }

    [Params("PriorityQueue", "ours")]
    public string List { get; set; } = "";

    [GlobalSetup]
    public void Build()
    {
        bool ours = List == "ours";
        _hold = ours ? new Trial<Ours, Hold>(Slots) : new Trial<FusedPriorityQueue, Hold>(Slots);
        _churn = ours ? new Trial<Ours, TimerChurn>(Slots) : new Trial<FusedPriorityQueue, TimerChurn>(Slots);
        _mixed = ours ? new Trial<Ours, MixedHorizons>(Slots) : new Trial<FusedPriorityQueue, MixedHorizons>(Slots);
        foreach (Trial trial in new[] { _hold, _churn, _mixed })
        {
            trial.Settle(Operations);
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long HoldModel() => _hold.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Churn() => _churn.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Mixed() => _mixed.Run(Operations);
}
