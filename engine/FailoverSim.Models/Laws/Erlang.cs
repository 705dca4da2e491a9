using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>The sum of k exponential stages: <c>erlang(k=4 mean=2h)</c>; the gamma law of whole shape k.</summary>
/// <param name="k">Number of stages, at least 1.</param>
/// <param name="mean">Mean of the sum, positive, in seconds.</param>
public sealed class Erlang(int k, double mean) : Law
{
    /// <summary>Up to here k uniforms are cheaper than one rejection, and their product cannot underflow.</summary>
    private const int FewStages = 8;

    private readonly double _stageMean = Require.Positive(mean, "seconds") / k;
    private readonly Gamma _gamma = new(Require.Positive(k, "stages"), mean / k);

    public override double Mean => mean;

    public override double Variance => _gamma.Variance;

    public override bool IsMemoryless => k == 1;

    public override IReadOnlyList<LawBranch> Branches => [new LawBranch(1, k, _stageMean)];

    public override double CumulativeHazard(double x) => _gamma.CumulativeHazard(x);

    public override double InverseCumulativeHazard(double y) => _gamma.InverseCumulativeHazard(y);

    public override double Hazard(double x) => _gamma.Hazard(x);

    public override double Draw(ref Draws draws)
    {
        if (k > FewStages)
        {
            return _gamma.Draw(ref draws);
        }
        double product = draws.NextUniform();
        for (int stage = 1; stage < k; stage++)
        {
            product *= draws.NextUniform();
        }
        return -_stageMean * Math.Log(product);
    }

    public override string ToString() => $"erlang(k={Seconds.Number(k)} mean={Seconds.Text(mean)})";
}
