using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>Empirical distribution functions on linear time axes, two panels abreast, each with an axis of its own.</summary>
internal sealed class DistributionsFigure(DistributionsData data)
{
    private const double PlotHeight = 170;
    private const double AxisWidth = 64;
    private const double Between = 24;
    private const double Head = 44;
    private const double PanelHeight = Head + PlotHeight + Axis.Room + 16;

    /// <summary>Beyond this share the few longest of a large sample would only press all others together.</summary>
    private const double Shown = 0.999;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Panels.Count == 0)
        {
            return Canvas.Empty(data.Heading, "Nothing to compare.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 12;
        int columns = Math.Min(2, data.Panels.Count);
        double width = (Canvas.Width - (2 * Header.Margin) - ((columns - 1) * Between)) / columns;
        for (int i = 0; i < data.Panels.Count; i++)
        {
            DrawPanel(
                data.Panels[i], Header.Margin + (i % columns * (width + Between)), top + (i / columns * PanelHeight), width);
        }
        int rows = (data.Panels.Count + columns - 1) / columns;
        string description = string.Join(" ", data.Panels.Select(p => $"{p.Title}: {p.Note}."));
        return _svg.Build(Canvas.Width, top + (rows * PanelHeight), data.Heading.Title, description);
    }

    private void DrawPanel(DistributionsPanel panel, double left, double top, double width)
    {
        TextStyle title = TextStyle.Label with { Bold = true };
        _svg.Text(left, top + 14, TextWidth.Shorten(panel.Title, title.Size, width, bold: true), title, panel.Title);
        _svg.Text(left, top + 31, TextWidth.Shorten(panel.Note, TextStyle.Note.Size, width), TextStyle.Note, panel.Note);
        Area plot = new(left + AxisWidth, top + Head, left + width - 8, top + Head + PlotHeight);
        Scale up = Scale.Linear(0, 1, plot.Bottom, plot.Top);
        Axis.Vertical(_svg, plot, up, [.. Ticks.Linear(0, 100, 4, " %").Select(t => t with { Value = t.Value / 100 })],
            "share at most so long");
        IReadOnlyList<double>[] seen = [.. panel.Sorted.Where(s => s.Count > 0)];
        if (seen.Length == 0)
        {
            _svg.Text((plot.Left + plot.Right) / 2, plot.Top + (PlotHeight / 2), "none seen", TextStyle.Note with { Anchor = Anchor.Middle });
            return;
        }
        (double low, double high) = (seen.Min(s => s[0]), seen.Max(s => s[(int)Math.Ceiling(Shown * (s.Count - 1))]));
        double pad = Math.Max(0.03 * (high - low), Math.Max(0.01 * Math.Abs(high), 1e-9));
        (low, high) = (low - pad, high + pad);
        Scale across = Scale.Linear(low, high, plot.Left, plot.Right);
        Axis.Horizontal(_svg, plot, across, TimeTicks.Linear(low, high, 4), data.Quantity, Canvas.Width);
        for (int i = 0; i < panel.Sorted.Count; i++)
        {
            if (panel.Sorted[i].Count > 0)
            {
                string path = StepLine.Path(Corners(panel.Sorted[i], across, up));
                string line = $"line{i % Theme.Series}";
                double median = panel.Sorted[i][(panel.Sorted[i].Count - 1) / 2];
                _svg.Hover($"{panel.Title}, {data.Samples[i]}: {Canvas.Count(panel.Sorted[i].Count)} times, median {HumanTime.Precise(median)}",
                    () => _svg.Path(path, line));
            }
        }
    }

    private static IReadOnlyList<(double X, double Y)> Corners(IReadOnlyList<double> sorted, Scale across, Scale up)
    {
        List<(double X, double Y)> corners = [(across.First, up.First)];
        for (int i = 0; i < sorted.Count; i++)
        {
            corners.Add((across.Within(sorted[i]), up.Map((i + 1.0) / sorted.Count)));
        }
        corners.Add((across.Last, up.Last));
        return StepLine.Thin(corners, tolerance: 0.25);
    }

    private List<LegendEntry> Signs() => [.. data.Samples.Select((name, i) =>
        new LegendEntry(name, 44, (x, y) => _svg.Line(x - 22, y, x + 22, y, $"line{i % Theme.Series}")))];
}
