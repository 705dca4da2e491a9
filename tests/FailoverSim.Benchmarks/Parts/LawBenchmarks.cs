using BenchmarkDotNet.Attributes;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Models.Laws;

namespace FailoverSim.Benchmarks.Parts;

/// <summary>One variate of a law, of an address of its own.</summary>
[MemoryDiagnoser]
public class LawBenchmarks
{
    private const int Variates = 1_000;

    private static readonly Dictionary<string, Law> Laws = new()
    {
        ["constant"] = new Constant(1),
        ["uniform"] = new Uniform(1, 2),
        ["exponential"] = new Exponential(1),
        ["weibull"] = Weibull.FromMean(0.8, 1),
        ["lognormal"] = LogNormal.FromMeanAndCv(1, 1),
        ["gamma"] = Gamma.FromMean(1.5, 1),
        ["erlang-3"] = new Erlang(3, 1),
    };

    private Law _law = null!;
    private ulong _address;

    public static IEnumerable<string> Names => Laws.Keys;

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Choose() => _law = Laws[Name];

    [Benchmark(OperationsPerInvoke = Variates)]
    public double Draw()
    {
        double sum = 0;
        for (int i = 0; i < Variates; i++)
        {
            Draws draws = new(11, 7, unchecked(_address++));
            sum += _law.Draw(ref draws);
        }
        return sum;
    }
}
