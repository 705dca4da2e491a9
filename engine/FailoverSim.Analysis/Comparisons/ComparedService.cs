using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>One service as all variants of <c>compare</c>, or all points of one sweep, have it: what is claimed of it holds jointly.</summary>
/// <param name="Sweep">Which sweep; null for <c>compare</c>.</param>
/// <param name="Service">Which service.</param>
/// <param name="Against">Each variant against the baseline, in order.</param>
/// <param name="Ranking">Which is best: the baseline with the alternatives, or the points of the sweep among themselves; empty if there is only one.</param>
/// <param name="Without">Variants that do not have the service.</param>
public sealed record ComparedService(
    SweepSpec? Sweep, string Service, IReadOnlyList<Comparison> Against, IReadOnlyList<RankedVariant> Ranking, IReadOnlyList<string> Without)
{
    /// <summary>Below it the luck that variants share is of little help, and the reason is looked for.</summary>
    public const double GoodVarianceReduction = 3;

    /// <summary>All services of the baseline, first under <c>compare</c>, then under each sweep; only variants that were finished.</summary>
    public static IReadOnlyList<ComparedService> Of(ResultSet results, StudySpec study)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(study);
        var compare = study.Compare.Select(alternative => (alternative.Variant, (Alternative?)alternative));
        return
        [
            .. Group(results, null, compare),
            .. study.Sweeps.SelectMany(sweep =>
                Group(results, sweep, sweep.Points.Select(point => (point.Variant, (Alternative?)null)))),
        ];
    }

    private static IEnumerable<ComparedService> Group(
        ResultSet results, SweepSpec? sweep, IEnumerable<(Variant Variant, Alternative? Costs)> variants)
    {
        (Variant Variant, Alternative? Costs, ResultTable Table)[] finished =
        [
            .. from variant in variants
               let table = results.Tables.FirstOrDefault(table => table.Variant == variant.Variant.Name)
               where table is not null
               select (variant.Variant, variant.Costs, table),
        ];
        return finished.Length == 0
            ? []
            : results.Base.Names.Services.Select((service, index) => Of(results.Base, sweep, service, index, finished));
    }

    private static ComparedService Of(
        ResultTable baseline, SweepSpec? sweep, string service, int index,
        IReadOnlyList<(Variant Variant, Alternative? Costs, ResultTable Table)> variants)
    {
        var with = variants.Where(variant => variant.Table.Names.Services.Contains(service)).ToList();
        long[] down = Down(baseline, index);
        List<Comparison> against = [];
        List<(string Name, IReadOnlyList<long> Down)> systems = sweep is null ? [(baseline.Variant, down)] : [];
        foreach (var (variant, costs, table) in with)
        {
            int its = IndexOf(table, service);
            long[] other = Down(table, its);
            systems.Add((variant.Name, other));
            Comparison comparison = Comparison.Of(
                service, baseline.Variant, variant.Name, PairedMoments.Of(down, other), baseline.HorizonNanoseconds, with.Count);
            bool isPoor = comparison.VarianceReduction < GoodVarianceReduction;
            against.Add(comparison with
            {
                Costs = costs,
                Changes = variant.Changes,
                Noise = isPoor ? NoiseShare.Of(baseline, index, table, its) : [],
            });
        }
        return new ComparedService(
            sweep, service, against, systems.Count < 2 ? [] : Comparisons.Ranking.Of(systems, baseline.HorizonNanoseconds, with.Count),
            [.. variants.Where(variant => !with.Contains(variant)).Select(variant => variant.Variant.Name)]);
    }

    private static int IndexOf(ResultTable table, string service) => table.Names.Services.ToList().IndexOf(service);

    private static long[] Down(ResultTable table, int service) => [.. table.RowsOf(service).Select((ServiceRow row) => row.DownNanoseconds)];
}
