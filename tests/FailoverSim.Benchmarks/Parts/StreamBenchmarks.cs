using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>Random numbers, each of an address of its own, as entities draw them.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private const int Numbers = 1_000;
    private ulong _address;

    /// <summary>128 bits.</summary>
    [Benchmark(OperationsPerInvoke = Numbers, Baseline = true)]
    public ulong PhiloxBlock()
    {
        ulong sum = 0;
        for (int i = 0; i < Numbers; i++)
        {
            unchecked
            {
                (ulong low, ulong high) = Philox.Block(_address++, 7, 11);
                sum += low ^ high;
            }
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Numbers)]
    public double UniformOfAnAddress()
    {
        double sum = 0;
        for (int i = 0; i < Numbers; i++)
        {
            Draws draws = new(11, 7, unchecked(_address++));
            sum += draws.NextUniform();
        }
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Numbers)]
    public double ExponentialOfAnAddress()
    {
        double sum = 0;
        for (int i = 0; i < Numbers; i++)
        {
            Draws draws = new(11, 7, unchecked(_address++));
            sum += draws.NextExponential();
        }
        return sum;
    }

    /// <summary>Where one draw needs the other before it can begin: what a chain of events waits for.</summary>
    [Benchmark(OperationsPerInvoke = Numbers)]
    public double ExponentialAfterTheOther()
    {
        double last = 0;
        for (int i = 0; i < Numbers; i++)
        {
            Draws draws = new((ulong)BitConverter.DoubleToInt64Bits(last), 7, 1);
            last = draws.NextExponential();
        }
        return last;
    }
}
