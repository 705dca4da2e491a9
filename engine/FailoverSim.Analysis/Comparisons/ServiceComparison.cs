using FailoverSim.Analysis.Tables;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>Holds one service against the same service of its variants, in two passes over their rows at most.</summary>
internal sealed class ServiceComparison
{
    private readonly ComparedService _asked;
    private readonly IReadOnlyList<(Variant Variant, Alternative? Costs, ResultTable Table)> _with;
    private readonly IReadOnlyList<ResultTable> _tables;
    private readonly Lane[] _lanes;
    private readonly Ranking? _ranking;
    private readonly Dictionary<(int, int), PairedMoments> _sums = [];

    /// <param name="results">The base first.</param>
    /// <param name="asked">Of what, still without an answer.</param>
    /// <param name="with">The variants that have the service.</param>
    public ServiceComparison(
        ResultSet results, ComparedService asked, IReadOnlyList<(Variant Variant, Alternative? Costs, ResultTable Table)> with)
    {
        (_asked, _with, _tables) = (asked, with, results.Tables);
        _lanes =
        [
            .. with.Select(variant => variant.Table).Prepend(results.Base).Select(table =>
                Lane.Of(_tables, _tables.ToList().IndexOf(table), table.Names.Services.ToList().IndexOf(asked.Service))),
        ];
        (string, Int128)[] systems =
            [.. _lanes.Skip(First).Select(lane => (_tables[lane.Table].Variant, Losses.Sum(_tables[lane.Table].Totals(lane.Service), asked.Loss).Total))];
        _ranking = systems.Length < 2 ? null : new Ranking(systems, results.Base.HorizonNanoseconds, with.Count);
    }

    /// <summary>What came of it, once all has been looked at.</summary>
    public ComparedService? Answer { get; private set; }

    /// <summary>The points of a sweep are ranked among themselves.</summary>
    private int First => _asked.Sweep is null ? 0 : 1;

    public IEnumerable<Look> Looks()
    {
        (int Baseline, int Variant)[] against = [.. Enumerable.Range(1, _with.Count).Select(variant => (0, variant))];
        if (against.Length > 0)
        {
            yield return Pairing(against.Concat(Wanted()));
        }
        Learn();
        Comparison[] comparisons = [.. against.Select(pair => Against(pair, _with[pair.Variant - 1]))];
        NoiseSums?[] noise = [.. against.Select(pair => IsPoor(comparisons[pair.Variant - 1])
            ? new NoiseSums(_tables[0].Names, _with[pair.Variant - 1].Table.Names) : null)];
        if (Wanted().Any() || Array.Exists(noise, sums => sums is not null))
        {
            yield return Pairing(Wanted()) + Watching(noise);
        }
        Learn();
        Answer = _asked with
        {
            Against = [.. comparisons.Zip(noise, (comparison, sums) => comparison with { Noise = sums?.Shares() ?? [] })],
            Ranking = _ranking?.Ranked() ?? [],
        };
    }

    private Comparison Against((int Baseline, int Variant) pair, (Variant Variant, Alternative? Costs, ResultTable Table) variant) =>
        Comparison.Of(_asked.Service, _tables[0].Variant, variant.Variant.Name, _sums[pair], _tables[0].HorizonNanoseconds, _with.Count) with
        {
            Costs = variant.Costs,
            Changes = variant.Variant.Changes,
        };

    /// <summary>Whether luck is hardly shared, and the reason is looked for; lost requests have no causes of their own.</summary>
    private bool IsPoor(Comparison comparison) =>
        _asked.Loss == Loss.DownTime && comparison.VarianceReduction < ComparedService.GoodVarianceReduction;

    private IEnumerable<(int, int)> Wanted() => _ranking?.Wanted().Select(pair => (pair.Baseline + First, pair.Variant + First)) ?? [];

    /// <summary>Tells the ranking what it wants, as far as it has been added up.</summary>
    private void Learn()
    {
        while (Wanted().Any() && Wanted().All(_sums.ContainsKey))
        {
            foreach ((int baseline, int variant) in Wanted().ToArray())
            {
                _ranking!.Know((baseline - First, variant - First), _sums[(baseline, variant)]);
            }
        }
    }

    private Look Pairing(IEnumerable<(int Baseline, int Variant)> pairs)
    {
        Look all = _ => { };
        foreach ((int baseline, int variant) in pairs)
        {
            if (!_sums.TryGetValue((baseline, variant), out PairedMoments? sums))
            {
                _sums.Add((baseline, variant), sums = new PairedMoments());
                all += PairedRows.Pairing(_lanes[baseline], _lanes[variant], _asked.Loss, sums);
            }
        }
        return all;
    }

    private Look Watching(NoiseSums?[] noise) => tables =>
    {
        for (int variant = 1; variant < _lanes.Length; variant++)
        {
            for (int replication = 0; noise[variant - 1] is { } sums && replication < _lanes[0].Replications(tables); replication++)
            {
                sums.Add(_lanes[0].In(tables, replication), _lanes[variant].In(tables, replication));
            }
        }
    };
}
