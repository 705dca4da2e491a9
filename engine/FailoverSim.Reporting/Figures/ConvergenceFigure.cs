using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// A panel per service: the estimate of its down time and its interval as a band that narrows over the replications, on logarithmic
/// axes, with the precision asked for as lines about the last estimate.
/// </summary>
internal sealed class ConvergenceFigure(ConvergenceData data)
{
    private const double PlotHeight = 180;
    private const double Head = 42;
    private const double PanelHeight = Head + PlotHeight + Axis.Room + 14;
    private const double AxisWidth = 98;
    private const double Between = 28;

    /// <summary>Early intervals that go on further than this ratio from the last estimate are cut off there.</summary>
    private const double MostBeyond = 8;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Panels.All(panel => panel.Points.Count == 0 || panel.Points[^1].Seconds is null))
        {
            return Canvas.Empty(data.Heading, "No down time was seen, so there is nothing to settle.");
        }
        ConvergencePanel[] panels = [.. data.Panels.Where(panel => panel.Points.Count > 0)];
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 10;
        int columns = Math.Min(2, panels.Length);
        double width = (Canvas.Width - (2 * Header.Margin) - ((columns - 1) * Between)) / columns;
        for (int i = 0; i < panels.Length; i++)
        {
            DrawPanel(panels[i], Header.Margin + (i % columns * (width + Between)), top + (i / columns * PanelHeight), width);
        }
        int rows = (panels.Length + columns - 1) / columns;
        return _svg.Build(Canvas.Width, top + (rows * PanelHeight), data.Heading.Title, string.Join(" ", panels.Select(panel => $"{Note(panel)}.")));
    }

    private void DrawPanel(ConvergencePanel panel, double left, double top, double width)
    {
        TextStyle title = TextStyle.Label with { Bold = true };
        _svg.Text(left, top + 14, TextWidth.Shorten(panel.Service, title.Size, width, bold: true), title, panel.Service);
        _svg.Text(left, top + 30, TextWidth.Shorten(Known(panel), TextStyle.Note.Size, width), TextStyle.Note, Known(panel));
        Area plot = new(left + AxisWidth, top + Head, left + width - 10, top + Head + PlotHeight);
        if (panel.Points[^1].Seconds is not > 0)
        {
            _svg.Rect(plot.Left, plot.Top, plot.Width, plot.Height, "band");
            _svg.Text((plot.Left + plot.Right) / 2, plot.Top + (PlotHeight / 2), "no down time seen", TextStyle.Note with { Anchor = Anchor.Middle });
            return;
        }
        double last = panel.Points[^1].Seconds!.Value;
        Scale across = Across(panel, plot, out IReadOnlyList<Tick> counts);
        Scale up = Up(panel, last, plot, out IReadOnlyList<Tick> heights);
        Axis.Vertical(_svg, plot, up, heights, "down time per year", titleRoom: AxisWidth - 10);
        Axis.Horizontal(_svg, plot, across, counts, "replications", Canvas.Width);
        _svg.Path(Band(panel.Points, across, up), "track");
        if (panel.Target is { } target)
        {
            foreach (double bound in new[] { 1 - target, 1 + target }.Where(share => share > 0))
            {
                double y = up.Within(bound * last);
                _svg.Line(plot.Left, y, plot.Right, y, "goal");
            }
        }
        if (panel.Exact is { } exact)
        {
            double y = up.Within(exact);
            _svg.Hover($"{panel.Service}: exactly {HumanTime.Precise(exact)} a year", () => _svg.Line(plot.Left, y, plot.Right, y, "exact"));
        }
        ConvergencePoint[] seen = [.. panel.Points.Where(point => point.Seconds > 0)];
        if (seen.Length > 1)
        {
            _svg.Polyline("line0", [.. seen.Select(point => (across.Map(point.Replications), up.Within(point.Seconds!.Value)))]);
        }
        foreach (ConvergencePoint point in seen)
        {
            _svg.Hover(Told(point), () => _svg.Circle(across.Map(point.Replications), up.Within(point.Seconds!.Value), 3.6, "dot"));
        }
    }

    private static Scale Across(ConvergencePanel panel, Area plot, out IReadOnlyList<Tick> ticks)
    {
        double most = Math.Max(2, panel.Points[^1].Replications);
        double least = Math.Min(panel.Points[0].Replications, most / 2);
        ticks = Ticks.Log(least, most, Canvas.Count);
        return Scale.Log(least, most, plot.Left + 8, plot.Right - 8);
    }

    private static Scale Up(ConvergencePanel panel, double last, Area plot, out IReadOnlyList<Tick> ticks)
    {
        double[] shown =
        [
            .. panel.Points.SelectMany(point => new[] { point.Low, point.High }).Where(value => value > 0)
                .Select(value => Math.Clamp(value, last / MostBeyond, last * MostBeyond)),
            .. panel.Points.Where(point => point.Seconds > 0).Select(point => point.Seconds!.Value),
            last * 0.8, last * 1.25, panel.Exact is > 0 ? panel.Exact.Value : last,
        ];
        double pad = Math.Pow(shown.Max() / shown.Min(), 0.05);
        (double low, double high) = (shown.Min() / pad, shown.Max() * pad);
        ticks = TimeTicks.Log(low, high);
        return Scale.Log(low, high, plot.Bottom, plot.Top);
    }

    /// <summary>Between the ends of the intervals, and to the end of the axis where they are open or go beyond it.</summary>
    private static string Band(IReadOnlyList<ConvergencePoint> points, Scale across, Scale up)
    {
        IEnumerable<(double X, double Y)> above = points.Select(point => (across.Map(point.Replications), up.Within(point.High)));
        IEnumerable<(double X, double Y)> below =
            points.Reverse().Select(point => (across.Map(point.Replications), point.Low > 0 ? up.Within(point.Low) : up.First));
        return "M" + string.Join("L", above.Concat(below).Select(p => $"{SvgBuilder.Number(p.X)} {SvgBuilder.Number(p.Y)}")) + "Z";
    }

    private List<LegendEntry> Signs()
    {
        List<LegendEntry> signs =
        [
            new("estimate after so many replications", 34, (x, y) =>
            {
                _svg.Line(x - 17, y, x + 17, y, "line0");
                _svg.Circle(x, y, 3.6, "dot");
            }),
            new($"{(100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture)} % interval", 30, (x, y) => _svg.Rect(x - 15, y - 6, 30, 12, "track")),
        ];
        if (data.Panels.FirstOrDefault(panel => panel.Target is not null) is { Target: { } target })
        {
            signs.Add(new($"± {HumanUnits.Number(100 * target)} % of the last estimate, as asked for", 30, (x, y) =>
            {
                _svg.Line(x - 15, y - 5, x + 15, y - 5, "goal");
                _svg.Line(x - 15, y + 5, x + 15, y + 5, "goal");
            }));
        }
        if (data.Panels.Any(panel => panel.Exact is not null))
        {
            signs.Add(new("exact, from the Markov chain", 30, (x, y) => _svg.Line(x - 15, y, x + 15, y, "exact")));
        }
        return signs;
    }

    private static string Note(ConvergencePanel panel) => $"{panel.Service}: {Known(panel)}";

    /// <summary>What the whole run says.</summary>
    private static string Known(ConvergencePanel panel) =>
        Told(panel.Points[^1]) + (panel.Exact is { } exact ? $"; exactly {HumanTime.Precise(exact)}" : "");

    private static string Told(ConvergencePoint point) => point.Seconds is { } seconds and > 0
        ? $"{HumanUnits.Duration(seconds, point.Low, point.High)} a year, ± {HumanUnits.Number(100 * point.Precision!.Value)} %, after "
            + $"{Canvas.Count(point.Replications)} replications"
        : $"none seen in {Canvas.Count(point.Replications)} replications, less than {HumanTime.Rounded(point.High)} a year";
}
