using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Laws;

/// <summary>
/// A law conditioned on lying between two durations (what falls outside is redrawn): <c>exp(4y min=1h max=10y)</c>.
/// </summary>
/// <remarks>
/// All arithmetic is in hazard units, so a window far out in the tail is as precise as one in the middle.
/// </remarks>
public sealed class Truncated : Law
{
    private readonly Law _law;
    private readonly double _min;
    private readonly double _max;

    /// <summary>Hazard spent just before the window, so that an atom at its lower end belongs to it.</summary>
    private readonly double _before;

    /// <summary>Hazard of the window's upper end; +∞ if nothing is cut off there.</summary>
    private readonly double _end;

    /// <summary>The same law without truncation, where there is one that is simpler to draw from.</summary>
    private readonly Law? _equal;

    /// <param name="law">The law to condition; a truncated one is truncated further.</param>
    /// <param name="min">Least duration, ≥ 0 s.</param>
    /// <param name="max">Greatest duration, at least <paramref name="min"/>, in s; may be +∞.</param>
    public Truncated(Law law, double min, double max)
    {
        ArgumentNullException.ThrowIfNull(law);
        Require.NonNegative(min, "seconds");
        (_law, _min, _max) = law is Truncated inner
            ? (inner._law, Math.Max(min, inner._min), Math.Min(max, inner._max))
            : (law, min, max);
        _before = _law.CumulativeHazard(Math.BitDecrement(_min));
        _end = double.IsPositiveInfinity(_max) ? _max : _law.CumulativeHazard(_max);
        if (!(_end > _before))
        {
            throw new ArgumentOutOfRangeException(
                nameof(max), max, FormattableString.Invariant($"{law} is never between {min} and {max}, in seconds."));
        }
        _equal = TruncatedMoments.Equal(_law, _min, _max, WindowHazard);
        (Mean, Variance) = _equal is null
            ? TruncatedMoments.Of(this, _law, _min, _max)
            : (_equal.Mean, _equal.Variance);
    }

    /// <summary>The law that is conditioned.</summary>
    public Law Inner => _law;

    /// <summary>−ln of the probability that the inner law gives to the window.</summary>
    public double WindowHazard => _before - Math.Log(-ExpMinusOne(_before - _end));

    public override double Mean { get; }

    public override double Variance { get; }

    public override bool IsMemoryless => _law.IsMemoryless && _min == 0 && double.IsPositiveInfinity(_max);

    public override bool IsContinuous => _law.IsContinuous;

    /// <remarks>
    /// With d hazard spent since the window's start and w its whole, the share still alive is (e^−d − e^−w) / (1 −
    /// e^−w).
    /// </remarks>
    public override double CumulativeHazard(double x)
    {
        if (x < _min)
        {
            return 0;
        }
        double here = x < _max ? _law.CumulativeHazard(x) : double.PositiveInfinity;
        if (here >= _end)
        {
            return double.PositiveInfinity;
        }
        double spent = here - _before;
        double inWindow = ExpMinusOne(_before - _end);
        double below = ExpMinusOne(-spent) / inWindow;
        return below < 0.5
            ? -LogOnePlus(-below)
            : spent - Math.Log(ExpMinusOne(here - _end) / inWindow);
    }

    public override double InverseCumulativeHazard(double y) =>
        Math.Clamp(_law.InverseCumulativeHazard(_before + Spend(y, _end - _before)), _min, _max);

    public override double Hazard(double x)
    {
        if (x < _min)
        {
            return _law.IsContinuous ? 0 : double.NaN;
        }
        double here = x < _max ? _law.CumulativeHazard(x) : double.PositiveInfinity;
        return here >= _end
            ? (_law.IsContinuous ? double.PositiveInfinity : double.NaN)
            : _law.Hazard(x) / -ExpMinusOne(here - _end);
    }

    /// <remarks>
    /// Given survival to an age inside it, the window begins there: the inner law's own residual keeps its precision.
    /// </remarks>
    public override double Residual(double age, double threshold)
    {
        if (age < _min)
        {
            return InverseCumulativeHazard(threshold) - age;
        }
        double here = _law.CumulativeHazard(age);
        return here < _end ? Math.Min(_max - age, _law.Residual(age, Spend(threshold, _end - here))) : 0;
    }

    /// <summary>One variate: by the parts of a mixture, by index from a sample, else by inversion.</summary>
    public override double Draw(ref Draws draws) => _equal is null ? base.Draw(ref draws) : _equal.Draw(ref draws);

    public override string ToString()
    {
        if (_equal is Constant or Uniform)
        {
            return _equal.ToString();
        }
        string bounds = (_min > 0 ? $" min={Seconds.Text(_min)}" : "")
            + (double.IsPositiveInfinity(_max) ? "" : $" max={Seconds.Text(_max)}");
        string law = _law.ToString();
        return law.EndsWith(')') ? $"{law[..^1]}{bounds})" : law + bounds;
    }

    /// <summary>
    /// The inner hazard d that uses up y of a window of hazard w: 1 − e^−d = (1 − e^−y)(1 − e^−w), without loss at
    /// either end.
    /// </summary>
    private static double Spend(double y, double w)
    {
        double inWindow = -ExpMinusOne(-w);
        double below = -ExpMinusOne(-y) * inWindow;
        return below < 0.5 ? -LogOnePlus(-below)
            : y < w ? y - Math.Log(inWindow + Math.Exp(y - w))
            : w - LogOnePlus(inWindow * Math.Exp(w - y));
    }
}
