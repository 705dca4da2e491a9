using FailoverSim.Analysis.Tables;

namespace FailoverSim.Tests.Analysis;

/// <summary>Down time of known expectation, from a small generator of its own: the ground truth of the coverage tests.</summary>
internal sealed class ToyDowntime(ulong seed)
{
    // Mixed first: plain neighbouring seeds would walk the same sequence, one step apart.
    private ulong _state = Mix(seed);

    /// <summary>Uniform on (0, 1): SplitMix64 [Steele, Lea, Flood 14].</summary>
    public double Uniform()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
        }
        return ((Mix(_state) >> 11) + 0.5) / (1UL << 53);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public double Exponential(double mean) => -mean * Math.Log(Uniform());

    public double Erlang(int k, double mean) => Enumerable.Range(0, k).Sum(_ => Exponential(mean / k));

    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double LogNormal(double mean, double cv)
    {
        double variance = Math.Log(1 + cv * cv);
        return Math.Exp(Math.Log(mean) - variance / 2 + Math.Sqrt(variance) * Normal());
    }

    /// <summary>
    /// Outages at Poisson instants (overlap ignored: durations only add up), in clusters of the given size at one instant.
    /// Expected down time per replication: outagesPerReplication × the mean of the durations.
    /// </summary>
    public ServiceTotals CompoundPoisson(
        int replications, double horizonSeconds, double outagesPerReplication, Func<ToyDowntime, double> duration, int cluster = 1)
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < replications; r++)
        {
            var outages = new List<(long, long)>();
            double t = 0;
            while ((t += Exponential(horizonSeconds / outagesPerReplication * cluster)) < horizonSeconds)
            {
                for (int i = 0; i < cluster; i++)
                {
                    outages.Add(((long)(t * 1e9), Math.Max(1, (long)(duration(this) * 1e9))));
                }
            }
            totals.Add(SampleRows.Row(r, (long)(horizonSeconds * 1e9), outages));
        }
        return totals;
    }

    /// <summary>Up and down in turn, observed after a warm-up, outages clipped.</summary>
    public ServiceTotals Alternating(
        int replications, double warmUp, double horizonSeconds, Func<ToyDowntime, double> up, Func<ToyDowntime, double> down)
    {
        var totals = new ServiceTotals(SampleRows.Names(), 0);
        for (int r = 0; r < replications; r++)
        {
            var outages = new List<(long, long)>();
            long carriedIn = 0;
            double t = -warmUp;
            while (t < horizonSeconds)
            {
                t += up(this);
                double end = Math.Min(t + down(this), horizonSeconds);
                long length = (long)((end - Math.Max(t, 0)) * 1e9);
                if (t < horizonSeconds && end > 0)
                {
                    if (t < 0)
                    {
                        carriedIn += length;
                    }
                    else
                    {
                        outages.Add(((long)(t * 1e9), Math.Max(1, length)));
                    }
                }
                t = end;
            }
            totals.Add(SampleRows.Row(r, (long)(horizonSeconds * 1e9), outages, carriedIn));
        }
        return totals;
    }
}
