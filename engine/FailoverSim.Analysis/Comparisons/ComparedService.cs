using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>
/// What one service loses in all variants of <c>compare</c>, or at all points of one sweep: what is claimed of it holds jointly.
/// </summary>
/// <param name="Loss">Of what is lost.</param>
/// <param name="Sweep">Which sweep; null for <c>compare</c>.</param>
/// <param name="Service">Which service.</param>
/// <param name="Against">Each variant against the baseline, in order.</param>
/// <param name="Ranking">Which is best: the baseline with the alternatives, or the points of the sweep among themselves; empty if there is only one.</param>
/// <param name="Without">Variants that do not have the service.</param>
public sealed record ComparedService(
    Loss Loss, SweepSpec? Sweep, string Service, IReadOnlyList<Comparison> Against, IReadOnlyList<RankedVariant> Ranking, IReadOnlyList<string> Without)
{
    /// <summary>Below it the luck that variants share is of little help, and the reason is looked for.</summary>
    public const double GoodVarianceReduction = 3;

    /// <summary>All services of the baseline, first under <c>compare</c>, then under each sweep; only variants that were finished.</summary>
    /// <param name="results">The base and its variants.</param>
    /// <param name="study">What varies.</param>
    /// <param name="loss">
    /// What is held against each other; of requests only the services that lose noticeably more of them than their outages do,
    /// in the base or in a variant.
    /// </param>
    public static IReadOnlyList<ComparedService> Of(ResultSet results, StudySpec study, Loss loss = Loss.DownTime)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(study);
        var compare = study.Compare.Select(alternative => (alternative.Variant, (Alternative?)alternative));
        ServiceComparison[] services =
        [
            .. Group(results, loss, null, compare),
            .. study.Sweeps.SelectMany(sweep =>
                Group(results, loss, sweep, sweep.Points.Select(point => (point.Variant, (Alternative?)null)))),
        ];
        Passes.Over(results.Tables, services.Select(service => service.Looks()));
        return [.. services.Select(service => service.Answer!)];
    }

    private static IEnumerable<ServiceComparison> Group(
        ResultSet results, Loss loss, SweepSpec? sweep, IEnumerable<(Variant Variant, Alternative? Costs)> variants)
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
            : results.Base.Names.Services
                .Select((service, index) => (Service: service, Index: index))
                .Where(s => loss == Loss.DownTime || TellMore(results.Base, s.Service)
                    || (results.Base.Totals(s.Index).LostRequests is not null && finished.Any(variant => TellMore(variant.Table, s.Service))))
                .Select(s => Of(results, loss, sweep, s.Service, finished));
    }

    /// <summary>Another file may have the service and not measure its requests.</summary>
    private static bool Measures(ResultTable table, string service, Loss loss) =>
        IndexOf(table, service) is >= 0 and var index && (loss == Loss.DownTime || table.Totals(index).LostRequests is not null);

    private static bool TellMore(ResultTable table, string service) =>
        IndexOf(table, service) is >= 0 and var index && Losses.TellMore(table.Totals(index));

    private static ServiceComparison Of(
        ResultSet results, Loss loss, SweepSpec? sweep, string service, IReadOnlyList<(Variant Variant, Alternative? Costs, ResultTable Table)> variants)
    {
        var with = variants.Where(variant => Measures(variant.Table, service, loss)).ToList();
        string[] without = [.. variants.Where(variant => !with.Contains(variant)).Select(variant => variant.Variant.Name)];
        return new ServiceComparison(results, new ComparedService(loss, sweep, service, [], [], without), with);
    }

    private static int IndexOf(ResultTable table, string service) => table.Names.Services.ToList().IndexOf(service);
}
