using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>A line of cells for each replication, one cell for each window, coloured by the budget that it used.</summary>
internal sealed class SloWindowsFigure(SloWindowsData data)
{
    private const double AxisWidth = 66;
    private const double RowHeight = 11;
    private const string Over = "outage";

    /// <summary>Upper ends of the bands, in budgets, and how they look.</summary>
    private static readonly (double UpTo, string Style, string Words)[] Bands =
    [
        (0.5, "track", "up to half of the budget"),
        (1, "bar", "up to all of it"),
        (3, Over, "more than all of it"),
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
            foreach (Stretch stretch in Stretches(data.Rows[i].Windows, alone: gap > 0))
            {
                double x = across.Map(stretch.First);
                double width = Math.Max(0.75, (cell * stretch.Count) - gap);
                _svg.Hover(Told(data.Rows[i].Replication, stretch), () => DrawCell(x, y, width, RowHeight - 1, stretch.Style));
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

    /// <summary>Windows side by side that look alike, and what one of them used at most.</summary>
    private readonly record struct Stretch(int First, int Count, string Style, double Most);

    /// <summary>What is out of budget has a texture, for those who see no colours.</summary>
    private void DrawCell(double x, double y, double width, double height, string style)
    {
        _svg.Rect(x, y, width, height, style);
        if (style == Over && width >= 3)
        {
            _svg.Textured(x, y, width, height, "up");
        }
    }

    private static string Told(long replication, Stretch stretch)
    {
        string windows = stretch.Count == 1 ? $"window {stretch.First}" : $"windows {stretch.First} to {stretch.First + stretch.Count - 1}";
        return $"replication {replication}, {windows}: {(stretch.Count == 1 ? "" : "at most ")}{HumanUnits.Number(100 * stretch.Most)} % of the budget";
    }

    /// <summary>Neighbours that look alike are one stretch, unless cells stand apart.</summary>
    private static List<Stretch> Stretches(IReadOnlyList<(int Window, double Used)> windows, bool alone)
    {
        List<Stretch> stretches = [];
        foreach ((int window, double used) in windows.Where(w => w.Used > 0))
        {
            string style = Bands.First(band => used <= band.UpTo).Style;
            if (!alone && stretches.Count > 0 && stretches[^1] is var last && last.First + last.Count == window && last.Style == style)
            {
                stretches[^1] = last with { Count = last.Count + 1, Most = Math.Max(last.Most, used) };
            }
            else
            {
                stretches.Add(new Stretch(window, 1, style, used));
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
        .. Bands.Select(band => new LegendEntry(band.Words, 12, (x, y) => DrawCell(x - 6, y - 6, 12, 12, band.Style))),
    ];

    private string Description()
    {
        int over = data.Rows.Sum(row => row.Windows.Count(window => window.Used > 1));
        return string.Create(CultureInfo.InvariantCulture,
            $"{over} of {(long)data.Rows.Count * data.Windows} windows of {data.Rows.Count} replications used more than their budget.");
    }
}
