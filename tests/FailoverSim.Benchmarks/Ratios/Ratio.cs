using System.Globalization;

namespace FailoverSim.Benchmarks.Ratios;

/// <summary>What one operation or event costs us, and a baseline that did the same beside us.</summary>
/// <param name="Benchmark">What was done.</param>
/// <param name="Size">Timers, units or pods.</param>
/// <param name="OursNs">Processor time, in nanoseconds.</param>
/// <param name="Baseline">Who did the same.</param>
/// <param name="BaselineNs">Its processor time.</param>
internal sealed record Ratio(string Benchmark, int Size, double OursNs, string Baseline, double BaselineNs)
{
    public const string Header = "benchmark,size,ours_ns,baseline,baseline_ns,ratio";

    /// <summary>Above 1: we are faster.</summary>
    public double Value => BaselineNs / OursNs;

    public string ToCsv() => string.Create(CultureInfo.InvariantCulture,
        $"{Benchmark},{Size},{OursNs:F1},{Baseline},{BaselineNs:F1},{Value:F2}");
}
