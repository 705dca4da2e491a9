namespace FailoverSim.Analysis.Exact;

/// <summary>
/// The probabilities of a Poisson law where they are not negligible, from the mode outwards, so that nothing underflows (Fox and
/// Glynn, Communications of the ACM 31 (1988) 440).
/// </summary>
internal sealed class PoissonWeights
{
    private const double Negligible = 1e-22;

    private readonly double[] _weights;
    private readonly double[] _tails;

    public PoissonWeights(double mean)
    {
        int mode = (int)Math.Floor(mean);
        List<double> below = [];
        for (double weight = 1, k = mode; k > 0 && weight > Negligible; k--)
        {
            weight *= k / mean;
            below.Add(weight);
        }
        List<double> above = [];
        for (double weight = 1, k = mode + 1; weight > Negligible; k++)
        {
            weight *= mean / k;
            above.Add(weight);
        }
        First = mode - below.Count;
        below.Reverse();
        _weights = [.. below, 1, .. above];
        // Small ones first: from both ends towards the mode.
        double sum = below.Sum() + Enumerable.Reverse(above).Sum() + 1;
        _tails = new double[_weights.Length];
        double tail = 0;
        for (int i = _weights.Length - 1; i >= 0; i--)
        {
            _tails[i] = tail;
            _weights[i] /= sum;
            tail += _weights[i];
        }
    }

    public int First { get; }

    public int Last => First + _weights.Length - 1;

    /// <summary>P(N = k).</summary>
    public double At(int k) => k < First || k > Last ? 0 : _weights[k - First];

    /// <summary>P(N &gt; k).</summary>
    public double Above(int k) => k < First ? 1 : k > Last ? 0 : _tails[k - First];
}
