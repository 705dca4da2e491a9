using System.Numerics;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>The part of the variance of a difference that goes with the down time of one cause; over all causes they sum to 1.</summary>
public sealed record NoiseShare(string Cause, double Share)
{
    /// <summary>Largest first: where the luck of two variants is not the same luck. Empty where nothing differs, or no cause is known.</summary>
    public static IReadOnlyList<NoiseShare> Of(ResultTable baseline, int baselineService, ResultTable variant, int variantService)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(variant);
        string[] names = [.. baseline.Names.Causes.Union(variant.Names.Causes)];
        int[] ofBaseline = [.. baseline.Names.Causes.Select(name => Array.IndexOf(names, name))];
        int[] ofVariant = [.. variant.Names.Causes.Select(name => Array.IndexOf(names, name))];
        var sums = new Int128[names.Length];
        var products = new BigInteger[names.Length];
        var differences = new long[names.Length];
        Int128 sum = 0;
        BigInteger squares = 0;
        foreach ((ServiceRow one, ServiceRow other) in baseline.RowsOf(baselineService).Zip(variant.RowsOf(variantService)))
        {
            long difference = other.DownNanoseconds - one.DownNanoseconds;
            Array.Clear(differences);
            Accumulate(differences, one.DownByCause, ofBaseline, -1);
            Accumulate(differences, other.DownByCause, ofVariant, 1);
            sum += difference;
            squares += (Int128)difference * difference;
            for (int i = 0; i < names.Length; i++)
            {
                if (differences[i] != 0)
                {
                    sums[i] += differences[i];
                    products[i] += (Int128)differences[i] * difference;
                }
            }
        }
        long n = variant.Replications;
        BigInteger total = (n * squares) - ((BigInteger)sum * sum);
        return total.IsZero
            ? []
            : [
                .. names.Select((name, i) => new NoiseShare(
                        name, (double)((n * products[i]) - ((BigInteger)sums[i] * sum)) / (double)total))
                    .OrderByDescending(noise => noise.Share), // stable: ties stay in the order of the names
            ];
    }

    private static void Accumulate(long[] differences, IReadOnlyList<long> down, int[] places, int sign)
    {
        for (int i = 0; i < down.Count; i++)
        {
            differences[places[i]] += sign * down[i];
        }
    }
}
