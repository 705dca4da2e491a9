using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>One event that drives a condition under a tree of gates, up or down. Of each gate all inputs are needed, so every change goes to the top.</summary>
[MemoryDiagnoser]
public class SignalBenchmarks
{
    private const int FanIn = 8;
    private const int Changes = 10_000;
    private Simulation _simulation = null!;

    /// <summary>Gates between a condition and the top; 0: nobody listens.</summary>
    [Params(0, 1, 2, 4)]
    public int Levels { get; set; }

    [GlobalSetup]
    public void Build()
    {
        ModelBuilder builder = new();
        Signal[] conditions = [.. Enumerable.Range(0, (int)Math.Pow(FanIn, Levels)).Select(i => builder.Condition($"condition {i}"))];
        Signal[] level = conditions;
        while (level.Length > 1)
        {
            Signal[] inputs = level;
            level = [.. inputs.Chunk(FanIn).Select((chunk, i) => builder.Gate($"gate {inputs.Length} {i}", FanIn, chunk))];
        }
        _ = new Switch(builder, conditions);
        _simulation = builder.Build(1);
    }

    [Benchmark(OperationsPerInvoke = Changes)]
    public long Drive()
    {
        _simulation.Reset(0);
        _simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(Changes));
        return _simulation.Events;
    }

    /// <summary>Every second a condition falls that was up, or rises again, one after the other.</summary>
    private sealed class Switch : Component
    {
        private readonly Signal[] _conditions;
        private readonly State<int> _next;

        public Switch(ModelBuilder builder, Signal[] conditions)
            : base(builder, "switch", 1, 1)
        {
            _conditions = conditions;
            _next = NewState<int>(1);
        }

        protected override void Start() => ArmAfter(0, 0, SimDuration.FromSeconds(0.5));

        protected override void OnTimer(int slot, int timer)
        {
            int next = _next[0]++;
            Simulation.Drive(_conditions[(next >> 1) % _conditions.Length], value: (next & 1) != 0);
            ArmAfter(0, 0, SimDuration.FromSeconds(1));
        }

        protected override void Encode(int slot, StateWriter writer) => writer.Add(_next[0]);
    }
}
