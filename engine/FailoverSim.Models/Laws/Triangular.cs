using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.Laws;

/// <summary>Least, most likely and greatest duration, joined by straight lines: <c>triangular(1m 5m 20m)</c>.</summary>
public sealed class Triangular : Law
{
    private readonly double _risingArea;
    private readonly double _fallingArea;
    private readonly double _hazardAtMode;

    /// <param name="low">Least duration, ≥ 0 s.</param>
    /// <param name="mode">Most likely duration, from low to high, in s.</param>
    /// <param name="high">Greatest duration, above low, in s.</param>
    public Triangular(double low, double mode, double high)
    {
        Low = Require.NonNegative(low, "seconds");
        High = Require.Above(low, high, "seconds");
        if (!(mode >= low && mode <= high))
        {
            throw new ArgumentOutOfRangeException(
                nameof(mode), mode, FormattableString.Invariant($"Must be from {low} to {high}, in seconds."));
        }
        Mode = mode;
        _risingArea = (high - low) * (mode - low);
        _fallingArea = (high - low) * (high - mode);
        _hazardAtMode = -LogOnePlus(-(mode - low) / (high - low));
    }

    /// <summary>Least duration, seconds.</summary>
    public double Low { get; }

    /// <summary>Most likely duration, seconds.</summary>
    public double Mode { get; }

    /// <summary>Greatest duration, seconds.</summary>
    public double High { get; }

    public override double Mean => (Low + Mode + High) / 3;

    public override double Variance
    {
        get
        {
            double rise = Mode - Low, fall = High - Mode;
            return (rise * rise + rise * fall + fall * fall) / 18;
        }
    }

    /// <summary>Density per second.</summary>
    public double Density(double x) =>
        x < Low || x > High ? 0
        : x < Mode ? 2 * (x - Low) / _risingArea
        : x > Mode ? 2 * (High - x) / _fallingArea
        : 2 / (High - Low);

    public override double CumulativeHazard(double x) =>
        x <= Low ? 0
        : x >= High ? double.PositiveInfinity
        : x <= Mode ? -LogOnePlus(-(x - Low) * (x - Low) / _risingArea)
        : _hazardAtMode - 2 * LogOnePlus(-(x - Mode) / (High - Mode));

    public override double InverseCumulativeHazard(double y) =>
        y <= _hazardAtMode
            ? Math.Min(Mode, Low + Math.Sqrt(-ExpMinusOne(-y) * _risingArea))
            : Mode - (High - Mode) * ExpMinusOne(0.5 * (_hazardAtMode - y));

    public override double Hazard(double x) =>
        x < Mode ? Density(x) * Math.Exp(CumulativeHazard(x))
        : x < High ? 2 / (High - x)
        : double.PositiveInfinity;

    /// <remarks>Past the mode the survivors fall as (high − x)², which needs no difference of ages.</remarks>
    public override double Residual(double age, double threshold) =>
        age >= Mode ? -Math.Max(0, High - age) * ExpMinusOne(-0.5 * threshold) : base.Residual(age, threshold);

    public override string ToString() => $"triangular({Seconds.Text(Low)} {Seconds.Text(Mode)} {Seconds.Text(High)})";
}
