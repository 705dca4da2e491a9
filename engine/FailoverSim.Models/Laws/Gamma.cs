using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using MathNet.Numerics;

namespace FailoverSim.Models.Laws;

/// <summary>Sum-like durations of any regularity: <c>gamma(shape=2 mean=3h)</c>.</summary>
public sealed class Gamma : Law
{
    private readonly double _shape;
    private readonly double _scale;
    private readonly double _logGammaNext;
    private readonly double _offset;
    private readonly double _spread;

    /// <param name="shape">Positive, without unit; 1 is exponential.</param>
    /// <param name="scale">Mean / shape, positive, in seconds.</param>
    public Gamma(double shape, double scale)
    {
        _shape = Require.Positive(shape, "no unit");
        _scale = Require.Positive(scale, "seconds");
        _logGammaNext = SpecialFunctions.GammaLn(shape + 1);
        _offset = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        _spread = 1 / Math.Sqrt(9 * _offset);
    }

    /// <param name="shape">Positive, without unit.</param>
    /// <param name="mean">Positive, in seconds.</param>
    public static Gamma FromMean(double shape, double mean) => new(shape, mean / shape);

    public override double Mean => _shape * _scale;

    public override double Variance => _shape * _scale * _scale;

    public override bool IsMemoryless => _shape == 1;

    /// <summary>Of whole shape it is Erlang's law.</summary>
    public override IReadOnlyList<LawBranch> Branches =>
        _shape == Math.Floor(_shape) && _shape <= 1e6 ? [new LawBranch(1, (int)_shape, _scale)] : [];

    public override double CumulativeHazard(double x) =>
        x <= 0 ? 0 : double.IsPositiveInfinity(x) ? x : IncompleteGamma.CumulativeHazard(_shape, x / _scale);

    public override double InverseCumulativeHazard(double y) =>
        double.IsPositiveInfinity(y) ? y : HazardRoot.Solve(this, y, 0, double.PositiveInfinity, _scale * Guess(y));

    public override double Hazard(double x) =>
        x > 0 ? IncompleteGamma.Hazard(_shape, x / _scale) / _scale
        : x < 0 || _shape > 1 ? 0
        : _shape < 1 ? double.PositiveInfinity : 1 / _scale;

    /// <remarks>
    /// Marsaglia and Tsang, ACM TOMS 26 (2000) 363, with their boost below shape 1; a rejection, so it takes what
    /// numbers it needs (about 2.1) from its own address.
    /// </remarks>
    public override double Draw(ref Draws draws)
    {
        double boost = _shape < 1 ? Math.Pow(draws.NextUniform(), 1 / _shape) : 1;
        while (true)
        {
            double z = -Normal.Quantile(draws.NextUniform());
            double root = 1 + _spread * z;
            double v = root * root * root;
            if (v > 0 && Math.Log(draws.NextUniform()) < 0.5 * z * z + _offset * (1 - v + Math.Log(v)))
            {
                return _scale * boost * _offset * v;
            }
        }
    }

    public override string ToString() => $"gamma(shape={Seconds.Number(_shape)} mean={Seconds.Text(Mean)})";

    /// <summary>
    /// Wilson and Hilferty's cube of a normal where that is sane, else the first term of the series at 0.
    /// </summary>
    private double Guess(double y)
    {
        double part = 1.0 / (9 * _shape);
        double root = 1 - part + Normal.InverseCumulativeHazard(y) * Math.Sqrt(part);
        return _shape >= 0.5 && root > 0.3
            ? _shape * root * root * root
            : Math.Exp((Math.Log(y) + _logGammaNext) / _shape);
    }
}
