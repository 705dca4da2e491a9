namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Axes of figures over a swept value: logarithmic where what is shown spans much.</summary>
internal static class SweptAxes
{
    /// <summary>From this ratio on an axis is logarithmic.</summary>
    private const double Wide = 8;

    /// <summary>Numbers where they belong, each with its label as written.</summary>
    public static Scale Across(IReadOnlyList<(string Label, double Amount)> points, Area plot, out IReadOnlyList<Tick> ticks)
    {
        double room = 0.06 * plot.Width;
        double low = points.Min(point => point.Amount);
        double high = points.Max(point => point.Amount);
        ticks = [.. points.DistinctBy(point => point.Amount).Select(point => new Tick(point.Amount, point.Label))];
        return low > 0 && high > Wide * low
            ? Scale.Log(low, high, plot.Left + room, plot.Right - room)
            : Scale.Linear(low, high, plot.Left + room, plot.Right - room);
    }

    /// <summary>Times upwards.</summary>
    /// <param name="seconds">All that is to be seen, ends of intervals included.</param>
    /// <param name="canBeZero">Whether an interval reaches down to nothing, which a logarithmic axis has no place for.</param>
    /// <param name="plot">Where.</param>
    /// <param name="atLeast">Intervals of a linear axis.</param>
    /// <param name="ticks">Its marks.</param>
    /// <param name="wide">From this ratio on it is logarithmic.</param>
    public static Scale Up(
        IEnumerable<double> seconds, bool canBeZero, Area plot, int atLeast, out IReadOnlyList<Tick> ticks, double wide = Wide)
    {
        double[] positive = [.. seconds.Where(value => value > 0)];
        double low = positive.DefaultIfEmpty(1).Min();
        double high = positive.DefaultIfEmpty(1).Max();
        if (high > wide * low && !canBeZero)
        {
            double pad = Math.Pow(high / low, 0.06);
            (low, high) = (low / pad, high * pad);
            ticks = TimeTicks.Log(low, high);
            return Scale.Log(low, high, plot.Bottom, plot.Top);
        }
        ticks = TimeTicks.Linear(0, 1.08 * high, atLeast);
        return Scale.Linear(0, 1.08 * high, plot.Bottom, plot.Top);
    }
}
