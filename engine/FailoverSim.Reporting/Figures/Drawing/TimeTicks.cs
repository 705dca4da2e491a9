namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>Round values for axes of time, in the units that people use.</summary>
internal static class TimeTicks
{
    // The landmarks of a logarithmic axis: about one per decade, none of them a crooked multiple of a unit.
    private static readonly double[] Landmarks =
    [
        1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10,
        .. Of(HumanTime.Minute, 1, 10), .. Of(HumanTime.Hour, 1, 6), .. Of(HumanTime.Day, 1, 7, 30),
        .. Of(HumanTime.Year, 1, 10, 100),
    ];

    // The steps of a linear axis, and the finer marks of a short logarithmic one.
    private static readonly double[] Steps =
    [
        .. Ticks.Decades(1e-9, 0.5, 1, 2, 5), 1, 2, 5, 10, 15, 30,
        .. Of(HumanTime.Minute, 1, 2, 5, 10, 15, 30), .. Of(HumanTime.Hour, 1, 2, 3, 6, 12),
        .. Of(HumanTime.Day, 1, 2, 7, 14, 30, 60, 90), .. Of(HumanTime.Year, 0.5, 1, 2, 5, 10, 20, 50, 100),
    ];

    /// <summary>Landmarks from 1 ns to 100 y; finer round values where fewer than three landmarks are in
    /// sight.</summary>
    public static IReadOnlyList<Tick> Log(double low, double high)
    {
        List<double> values = [.. Landmarks.Where(v => v >= low && v <= high)];
        if (values.Count < 3)
        {
            values = [.. Steps.Where(v => v >= low && v <= high)];
        }
        return values.Count < 3
            ? Linear(low, high, 4)
            : [.. values.Select(v => new Tick(v, HumanTime.Tick(v)))];
    }

    /// <summary>About one a decade and no more, so maybe none.</summary>
    public static IReadOnlyList<Tick> AtLandmarks(double low, double high) =>
        [.. Landmarks.Where(v => v >= low && v <= high).Select(v => new Tick(v, HumanTime.Tick(v)))];

    /// <summary>Multiples of the largest round step that gives at least <paramref name="atLeast"/> intervals.</summary>
    /// <remarks><c>sign</c>: what to put before values above zero, for times relative to an event.</remarks>
    public static IReadOnlyList<Tick> Linear(double low, double high, int atLeast, string sign = "")
    {
        double step = Steps.LastOrDefault(s => s * atLeast <= high - low, Ticks.Step(high - low, atLeast));
        return [.. Ticks.Multiples(low, high, step).Select(v => new Tick(v, (v > 0 ? sign : "") + HumanTime.Tick(v)))];
    }

    private static IEnumerable<double> Of(double unit, params double[] amounts) => amounts.Select(a => a * unit);
}
