using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>One service of one of the tables that are seen side by side.</summary>
/// <param name="Table">Which of them.</param>
/// <param name="Service">Its index there.</param>
/// <param name="Services">How many the table has.</param>
internal readonly record struct Lane(int Table, int Service, int Services)
{
    public static Lane Of(IReadOnlyList<ResultTable> tables, int table, int service) => new(table, service, tables[table].Names.Services.Count);

    /// <summary>Its row of a replication, counted from the first of the block.</summary>
    public ServiceRow In(IReadOnlyList<IReadOnlyList<ServiceRow>> tables, int replication) => tables[Table][(replication * Services) + Service];

    /// <summary>Replications of the block.</summary>
    public int Replications(IReadOnlyList<IReadOnlyList<ServiceRow>> tables) => tables[Table].Count / Services;
}

/// <summary>What services lose in the same replications of different variants, paired in a pass over the rows of all of them.</summary>
internal static class PairedRows
{
    /// <summary>Down times of variants with the same services: for each pair of tables, by service.</summary>
    /// <param name="tables">Of equal length.</param>
    /// <param name="pairs">Indices of a baseline and of what is held against it.</param>
    public static PairedMoments[][] DownTimes(IReadOnlyList<ResultTable> tables, IReadOnlyList<(int Baseline, int Variant)> pairs)
    {
        int services = tables[0].Names.Services.Count;
        PairedMoments[][] moments = [.. pairs.Select(_ => Enumerable.Range(0, services).Select(_ => new PairedMoments()).ToArray())];
        Passes.Over(tables, pairs.Index().SelectMany(pair => Enumerable.Range(0, services).Select(service => (IEnumerable<Look>)
        [
            Pairing(Lane.Of(tables, pair.Item.Baseline, service), Lane.Of(tables, pair.Item.Variant, service), Loss.DownTime, moments[pair.Index][service]),
        ])));
        return moments;
    }

    /// <summary>Adds up the pairs of two services.</summary>
    public static Look Pairing(Lane baseline, Lane variant, Loss loss, PairedMoments sums) => tables =>
    {
        for (int replication = 0; replication < baseline.Replications(tables); replication++)
        {
            sums.Add(Losses.In(baseline.In(tables, replication), loss), Losses.In(variant.In(tables, replication), loss));
        }
    };
}
