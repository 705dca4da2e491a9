using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// One row per kind of workload: the share that was never down, then a dot for each of the others on a logarithmic axis, from the
/// best at the bottom to the worst at the top.
/// </summary>
internal sealed class WorkloadsFigure(WorkloadsData data)
{
    private const double BarWidth = 56;
    private const double BarRoom = 122;
    private const double Radius = 2.4;

    /// <summary>Dots closer than this on both axes are one to the eye; those far out all stay.</summary>
    private const double Apart = 2;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Groups.All(group => group.Sorted.All(seconds => seconds <= 0)))
        {
            return Canvas.Empty(data.Heading, $"No workload was down in {Canvas.Count(data.ObservedYears)} simulated years of each.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        Rows rows = new([.. data.Groups.Select(group => group.Name)], Columns(), top,
            Rows.HeightFor(data.Groups.Count, 96, 34), Canvas.Width, 176);
        rows.Draw(_svg);
        Area plot = rows.Plot with { Left = rows.Plot.Left + BarRoom };
        Scale scale = TimeScale(plot, out IReadOnlyList<Tick> ticks);
        Axis.Horizontal(_svg, plot, scale, ticks, "down time per year of a workload that has some", Canvas.Width);
        _svg.Text(rows.Plot.Left, rows.Plot.Top - 8, "never down", TextStyle.Note with { Bold = true });
        for (int i = 0; i < data.Groups.Count; i++)
        {
            DrawShareOfNone(data.Groups[i].Sorted, rows.Plot.Left, rows.Centre(i));
            DrawDots(data.Groups[i], rows.Plot.Top + ((i + 1) * rows.RowHeight) - 7, rows.RowHeight - 14, scale);
        }
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, Description());
    }

    private void DrawShareOfNone(IReadOnlyList<double> sorted, double x, double y)
    {
        if (sorted.Count == 0)
        {
            return;
        }
        double none = NeverDown(sorted) / (double)sorted.Count;
        _svg.Rect(x, y - 5, BarWidth * none, 10, "bar");
        _svg.Rect(x, y - 5, BarWidth, 10, "box");
        _svg.Text(x + BarWidth + 6, y + 4, Canvas.Share(none), TextStyle.Note with { Colour = "ink" });
    }

    private void DrawDots(WorkloadGroup group, double floor, double height, Scale scale)
    {
        IReadOnlyList<double> sorted = group.Sorted;
        int none = NeverDown(sorted);
        if (none == sorted.Count)
        {
            return;
        }
        (double X, double Y) last = (double.NegativeInfinity, floor);
        for (int i = none; i < sorted.Count; i++)
        {
            // As high as the share of workloads that are down for less; those that are never down lie below the first dot.
            (double X, double Y) dot = (scale.Within(sorted[i]), floor - (height * (i + 0.5) / sorted.Count));
            if (dot.X - last.X >= Apart || last.Y - dot.Y >= Apart || i == sorted.Count - 1)
            {
                _svg.Circle(dot.X, dot.Y, Radius, "bar");
                last = dot;
            }
        }
        double median = group.Median;
        if (median > 0)
        {
            _svg.Circle(scale.Within(median), floor - (height / 2), 5, "mark");
        }
    }

    private Scale TimeScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        double low = data.Groups.SelectMany(group => group.Sorted).Where(seconds => seconds > 0).Min();
        double high = data.Groups.SelectMany(group => group.Sorted).Max();
        double pad = Math.Max(0.03 * Math.Log10(high / low), 0.15);
        (low, high) = (low * Math.Pow(10, -pad), high * Math.Pow(10, pad));
        ticks = TimeTicks.Log(low, high);
        return Scale.Log(low, high, plot.Left, plot.Right);
    }

    private List<Column> Columns() =>
    [
        new("workloads", [.. data.Groups.Select(group => Canvas.Count(group.Sorted.Count))]),
        new("mean", Cells(group => group.Sorted.Average())),
        new("median", Cells(group => group.Median)),
        new("worst", Cells(group => group.Sorted[^1])),
    ];

    private List<string> Cells(Func<WorkloadGroup, double> seconds) =>
        [.. data.Groups.Select(group => group.Sorted.Count == 0 ? "–" : HumanTime.Rounded(seconds(group)))];

    private List<LegendEntry> Signs() =>
    [
        new("a workload; the higher, the more are down for less", 30, (x, y) =>
        {
            _svg.Circle(x - 11, y + 5, Radius, "bar");
            _svg.Circle(x - 3, y + 2, Radius, "bar");
            _svg.Circle(x + 2, y - 2, Radius, "bar");
            _svg.Circle(x + 12, y - 5, Radius, "bar");
        }),
        new("median of the kind", 12, (x, y) => _svg.Circle(x, y, 5, "mark")),
    ];

    private static int NeverDown(IReadOnlyList<double> sorted) => sorted.Count(seconds => seconds <= 0);

    private string Description() => string.Join(" ", data.Groups.Where(group => group.Sorted.Count > 0).Select(group =>
        $"{group.Name}: {Canvas.Count(group.Sorted.Count)} workloads, {Canvas.Count(NeverDown(group.Sorted))} never down,"
            + $" median {HumanTime.Rounded(group.Median)}, worst {HumanTime.Rounded(group.Sorted[^1])} a year."));
}
