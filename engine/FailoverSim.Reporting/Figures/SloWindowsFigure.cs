using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>A line of cells for each replication, one cell for each window, coloured by the budget that it used.</summary>
internal sealed class SloWindowsFigure(SloWindowsData data)
{
    private const double AxisWidth = 66;
    private const double RowHeight = 11;

    /// <summary>Upper ends of the bands, in budgets, and how they look.</summary>
    private static readonly (double UpTo, string Style, string Words)[] Bands =
    [
        (0.5, "track", "up to half of the budget"),
        (1, "bar", "up to all of it"),
        (3, "outage", "more than all of it"),
        (double.PositiveInfinity, "ink", "more than three times"),
    ];

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Rows.Count == 0 || data.Windows == 0)
        {
            return Canvas.Empty(data.Heading, "There is no complete window.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 14;
        Area plot = new(Header.Margin + AxisWidth, top, Canvas.Width - Header.Margin, top + (RowHeight * data.Rows.Count));
        Scale across = Scale.Linear(0, data.Windows, plot.Left, plot.Right);
        // Cells stand apart while that leaves something of them.
        double cell = plot.Width / data.Windows;
        double gap = cell > 4 ? 1 : 0;
        for (int i = 0; i < data.Rows.Count; i++)
        {
            double y = plot.Top + (i * RowHeight);
            _svg.Rect(plot.Left, y, plot.Width, RowHeight - 1, "band");
            foreach ((int first, int count, string style) in Stretches(data.Rows[i].Windows, alone: gap > 0))
            {
                _svg.Rect(across.Map(first), y, Math.Max(0.75, (cell * count) - gap), RowHeight - 1, style);
            }
            if (i % 5 == 0)
            {
                _svg.Text(plot.Left - 8, y + 9, data.Rows[i].Replication.ToString(CultureInfo.InvariantCulture), TextStyle.Tick with { Anchor = Anchor.End });
            }
        }
        _svg.Text(Header.Margin + 8, (plot.Top + plot.Bottom) / 2, "replication", TextStyle.AxisTitle with { Turned = true });
        Axis.Horizontal(_svg, plot with { Top = plot.Bottom }, across, WindowTicks(), data.Across, Canvas.Width);
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, Description());
    }

    /// <summary>Neighbours that look alike are one stretch, unless cells stand apart.</summary>
    private static List<(int First, int Count, string Style)> Stretches(IReadOnlyList<(int Window, double Used)> windows, bool alone)
    {
        List<(int First, int Count, string Style)> stretches = [];
        foreach ((int window, double used) in windows.Where(w => w.Used > 0))
        {
            string style = Bands.First(band => used <= band.UpTo).Style;
            if (!alone && stretches.Count > 0 && stretches[^1] is var last && last.First + last.Count == window && last.Style == style)
            {
                stretches[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                stretches.Add((window, 1, style));
            }
        }
        return stretches;
    }

    private IReadOnlyList<Tick> WindowTicks()
    {
        double step = Math.Max(1, Ticks.Step(data.Windows, 5));
        return [.. Ticks.Multiples(0, data.Windows, step).Select(v => new Tick(v, v.ToString("0", CultureInfo.InvariantCulture)))];
    }

    private List<LegendEntry> Signs() =>
    [
        new("none used", 12, (x, y) => _svg.Rect(x - 6, y - 6, 12, 12, "band")),
        .. Bands.Select(band => new LegendEntry(band.Words, 12, (x, y) => _svg.Rect(x - 6, y - 6, 12, 12, band.Style))),
    ];

    private string Description()
    {
        int over = data.Rows.Sum(row => row.Windows.Count(window => window.Used > 1));
        return string.Create(CultureInfo.InvariantCulture,
            $"{over} of {(long)data.Rows.Count * data.Windows} windows of {data.Rows.Count} replications used more than their budget.");
    }
}
