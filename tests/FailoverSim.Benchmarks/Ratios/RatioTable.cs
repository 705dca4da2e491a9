using FailoverSim.Benchmarks.EventLists;
using FailoverSim.Benchmarks.FullModel;
using FailoverSim.Benchmarks.Measuring;

namespace FailoverSim.Benchmarks.Ratios;

/// <summary>Ours against the baselines, as CSV and nothing else on standard output.</summary>
internal static class RatioTable
{
    /// <param name="full">All sizes and more rounds, within ten minutes; else within one.</param>
    public static int Print(bool full) => Machine.UnderLoad(() =>
    {
        Console.WriteLine(Ratio.Header);
        foreach (Ratio ratio in EventListComparison.Ratios(full).Concat(MachineRepairComparison.Ratios(full)).Concat(WholeScenarios.Ratios(full)))
        {
            Console.WriteLine(ratio.ToCsv());
            Console.Out.Flush();
        }
        return 0;
    });
}
