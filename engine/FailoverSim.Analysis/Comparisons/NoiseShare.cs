using System.Numerics;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Comparisons;

/// <summary>The part of the variance of a difference that goes with the down time of one cause; over all causes they sum to 1.</summary>
public sealed record NoiseShare(string Cause, double Share);

/// <summary>Exact sums over pairs of replications, from which <see cref="NoiseShare"/> follows: where the luck of two variants is not the same luck.</summary>
internal sealed class NoiseSums
{
    private readonly string[] _names;
    private readonly int[] _ofBaseline;
    private readonly int[] _ofVariant;
    private readonly Int128[] _sums;
    private readonly BigInteger[] _products;
    private readonly long[] _differences;
    private long _count;
    private Int128 _sum;
    private BigInteger _squares;

    public NoiseSums(ResultNames baseline, ResultNames variant)
    {
        _names = [.. baseline.Causes.Union(variant.Causes)];
        _ofBaseline = [.. baseline.Causes.Select(name => Array.IndexOf(_names, name))];
        _ofVariant = [.. variant.Causes.Select(name => Array.IndexOf(_names, name))];
        _sums = new Int128[_names.Length];
        _products = new BigInteger[_names.Length];
        _differences = new long[_names.Length];
    }

    /// <summary>The same replication of both.</summary>
    public void Add(ServiceRow baseline, ServiceRow variant)
    {
        long difference = variant.DownNanoseconds - baseline.DownNanoseconds;
        Array.Clear(_differences);
        Accumulate(baseline.DownByCause, _ofBaseline, -1);
        Accumulate(variant.DownByCause, _ofVariant, 1);
        _count++;
        _sum += difference;
        _squares += (Int128)difference * difference;
        for (int i = 0; i < _names.Length; i++)
        {
            if (_differences[i] != 0)
            {
                _sums[i] += _differences[i];
                _products[i] += (Int128)_differences[i] * difference;
            }
        }
    }

    /// <summary>Largest first. Empty where nothing differs, or no cause is known.</summary>
    public IReadOnlyList<NoiseShare> Shares()
    {
        BigInteger total = (_count * _squares) - ((BigInteger)_sum * _sum);
        return total.IsZero
            ? []
            : [
                .. _names.Select((name, i) => new NoiseShare(
                        name, (double)((_count * _products[i]) - ((BigInteger)_sums[i] * _sum)) / (double)total))
                    .OrderByDescending(noise => noise.Share), // stable: ties stay in the order of the names
            ];
    }

    private void Accumulate(IReadOnlyList<long> down, int[] places, int sign)
    {
        for (int i = 0; i < down.Count; i++)
        {
            _differences[places[i]] += sign * down[i];
        }
    }
}
