using System.Text;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>Kaplan and Meier's curve with its band, and the fitted laws laid over it, on logarithmic time axes.</summary>
internal sealed class SurvivalFigure(SurvivalData data)
{
    private const double PlotHeight = 190;
    private const double AxisWidth = 64;
    private const double Between = 24;
    private const double Head = 44;

    /// <summary>Room for the names of the laws below each panel.</summary>
    private const double Key = 44;

    private const double PanelHeight = Head + PlotHeight + Axis.Room + Key + 18;

    /// <summary>Points along a smooth curve.</summary>
    private const int Points = 120;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Panels.Count == 0)
        {
            return Canvas.Empty(data.Heading, "Nothing was fitted.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin,
        [
            new("seen (Kaplan–Meier)", 44, (x, y) => _svg.Line(x - 22, y, x + 22, y, "frame")),
            new("its 90 % band", 30, (x, y) => _svg.Rect(x - 15, y - 6, 30, 12, "track")),
        ]) + 12;
        int columns = Math.Min(2, data.Panels.Count);
        double width = (Canvas.Width - 2 * Header.Margin - (columns - 1) * Between) / columns;
        for (int i = 0; i < data.Panels.Count; i++)
        {
            DrawPanel(data.Panels[i], Header.Margin + i % columns * (width + Between), top + i / columns * PanelHeight, width);
        }
        int rows = (data.Panels.Count + columns - 1) / columns;
        string description = string.Join(" ", data.Panels.Select(p => $"{p.Title}: {p.Note}."));
        return _svg.Build(Canvas.Width, top + rows * PanelHeight, data.Heading.Title, description);
    }

    private void DrawPanel(SurvivalPanel panel, double left, double top, double width)
    {
        TextStyle title = TextStyle.Label with { Bold = true };
        _svg.Text(left, top + 14, TextWidth.Shorten(panel.Title, title.Size, width, bold: true), title, panel.Title);
        _svg.Text(left, top + 31, TextWidth.Shorten(panel.Note, TextStyle.Note.Size, width), TextStyle.Note, panel.Note);
        Area plot = new(left + AxisWidth, top + Head, left + width - 8, top + Head + PlotHeight);
        Scale up = Scale.Linear(0, 1, plot.Bottom, plot.Top);
        Axis.Vertical(_svg, plot, up, [.. Ticks.Linear(0, 100, 4, " %").Select(t => t with { Value = t.Value / 100 })], "share that lasts longer");
        if (panel.Seen.Count == 0)
        {
            _svg.Text((plot.Left + plot.Right) / 2, plot.Top + PlotHeight / 2, "none ended", TextStyle.Note with { Anchor = Anchor.Middle });
            return;
        }
        double low = panel.Seen[0].Time / 2, high = Math.Max(panel.Last, panel.Seen[^1].Time) * 1.5;
        Scale across = Scale.Log(low, high, plot.Left, plot.Right);
        Axis.Horizontal(_svg, plot, across, TimeTicks.Log(low, high), "duration", Canvas.Width);
        _svg.Path(Band(panel, across, up), "track");
        List<(double X, double Y)> corners = [(across.First, up.Map(1))];
        corners.AddRange(panel.Seen.Select(s => (across.Map(s.Time), up.Map(s.Survival))));
        corners.Add((across.Map(panel.Last), corners[^1].Y));
        _svg.Hover($"{panel.Title}: {panel.Note}", () => _svg.Path(StepLine.Path(StepLine.Thin(corners, tolerance: 0.25)), "frame"));
        for (int i = 0; i < panel.Laws.Count; i++)
        {
            string curve = Curve(panel.Laws[i].Survival, low, high, across, up);
            string line = $"line{i % Theme.Series}";
            _svg.Hover($"{panel.Title}: {panel.Laws[i].Name}", () => _svg.Path(curve, line));
        }
        Legend.Draw(_svg, plot.Left, plot.Bottom + Axis.Room, left + width, [.. panel.Laws.Take(5).Select((law, i) =>
            new LegendEntry(law.Name, 30, (x, y) => _svg.Line(x - 15, y, x + 15, y, $"line{i % Theme.Series}")))]);
    }

    private static string Band(SurvivalPanel panel, Scale across, Scale up)
    {
        StringBuilder path = new();
        double y = up.Map(1);
        path.Append('M').Append(SvgBuilder.Number(across.First)).Append(' ').Append(SvgBuilder.Number(y));
        foreach ((double time, _, _, double high) in panel.Seen)
        {
            path.Append('H').Append(SvgBuilder.Number(across.Map(time))).Append('V').Append(SvgBuilder.Number(up.Map(high)));
        }
        path.Append('H').Append(SvgBuilder.Number(across.Map(Math.Max(panel.Last, panel.Seen[^1].Time))));
        for (int i = panel.Seen.Count - 1; i >= 0; i--)
        {
            path.Append('V').Append(SvgBuilder.Number(up.Map(panel.Seen[i].Low)))
                .Append('H').Append(SvgBuilder.Number(across.Map(panel.Seen[i].Time)));
        }
        return path.Append('V').Append(SvgBuilder.Number(y)).Append('Z').ToString();
    }

    private static string Curve(Func<double, double> survival, double low, double high, Scale across, Scale up)
    {
        StringBuilder path = new();
        for (int i = 0; i <= Points; i++)
        {
            double t = low * Math.Pow(high / low, (double)i / Points);
            path.Append(i == 0 ? 'M' : 'L').Append(SvgBuilder.Number(across.Map(t))).Append(' ')
                .Append(SvgBuilder.Number(up.Within(survival(t))));
        }
        return path.ToString();
    }
}
