namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Maps values to pixels: a monotone function, then a line.</summary>
internal sealed class Scale
{
    private readonly Func<double, double> _transform;
    private readonly double _origin;
    private readonly double _perUnit;
    private readonly double _first;
    private readonly Func<double, double> _inverse;

    private Scale(double from, double to, double first, double last, Func<double, double> transform, Func<double, double> inverse)
    {
        From = from;
        To = to;
        Last = last;
        _first = first;
        _transform = transform;
        _inverse = inverse;
        _origin = transform(from);
        _perUnit = (last - first) / (transform(to) - _origin);
    }

    /// <summary>Value at the first pixel.</summary>
    public double From { get; }

    /// <summary>Value at the last pixel.</summary>
    public double To { get; }

    public double First => _first;
    public double Last { get; }

    public static Scale Linear(double from, double to, double first, double last) => new(from, to, first, last, v => v, v => v);

    public static Scale Log(double from, double to, double first, double last) =>
        new(from, to, first, last, Math.Log10, v => Math.Pow(10, v));

    /// <summary>
    /// The nines scale of an unavailability, −log₁₀ U: better is further on. It never forms 1 − A, so no digit is lost.
    /// </summary>
    public static Scale Nines(double worst, double best, double first, double last) =>
        new(worst, best, first, last, u => -Math.Log10(u), n => Math.Pow(10, -n));

    /// <summary>Linear about zero, as far as the unit goes, and logarithmic further out on both sides.</summary>
    public static Scale Signed(double unit, double from, double to, double first, double last) =>
        new(from, to, first, last, v => Math.Asinh(v / unit), v => unit * Math.Sinh(v));

    /// <summary>The pixel of a value, held within a pixel range ten times as wide so that coordinates stay
    /// finite.</summary>
    public double Map(double value)
    {
        double pixel = _first + (_transform(value) - _origin) * _perUnit;
        double reach = 10 * Math.Abs(Last - _first);
        return Math.Clamp(pixel, Math.Min(_first, Last) - reach, Math.Max(_first, Last) + reach);
    }

    /// <summary>The value at a pixel.</summary>
    public double ValueAt(double pixel) => _inverse(_origin + ((pixel - _first) / _perUnit));

    /// <summary>The pixel of a value, or of the nearest end of the scale.</summary>
    public double Within(double value) => Math.Clamp(Map(value), Math.Min(_first, Last), Math.Max(_first, Last));
}
