using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>One panel per kind of outage: a bar per stage that begins where the one before it ends, and all of them together below.</summary>
internal sealed class WaterfallFigure(WaterfallData data)
{
    private const double RoomForTitle = 50;
    private const double NoteHeight = 30;
    private const string Together = "together";

    // A failover is the cluster at work, a loss is not; the words stand above each panel.
    private static readonly string[] Bars = ["bar", "outage"];

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    private string InYears => data.ObservedYears is { } years ? $" in {Canvas.Count(years)} simulated years" : "";

    public string Draw()
    {
        if (data.Panels.All(panel => panel.Outages == 0))
        {
            return Canvas.Empty(data.Heading, $"No outage seen{InYears}.");
        }
        double y = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 8;
        for (int i = 0; i < data.Panels.Count; i++)
        {
            y = Title(data.Panels[i], y);
            y = data.Panels[i].Stages.Count == 0 ? y : DrawPanel(data.Panels[i], Bars[i % Bars.Length], y);
        }
        return _svg.Build(Canvas.Width, y + 10, data.Heading.Title, string.Join(" ", data.Panels.Select(Description)));
    }

    private double Title(WaterfallPanel panel, double y)
    {
        string text = panel.Outages == 0
            ? $"No {panel.Kind} seen{InYears}"
            : $"{Capital(panel.Kind)}: {Canvas.Count(panel.Outages)} seen, {HumanUnits.Number(panel.PerYear)} a year, "
                + $"{HumanTime.Rounded(MeanOf(panel))} on average";
        TextStyle style = TextStyle.Label with { Bold = true };
        _svg.Text(Header.Margin, y + 20, TextWidth.Shorten(text, style.Size, Canvas.Width - 2 * Header.Margin, bold: true), style, text);
        return y + (panel.Outages == 0 ? NoteHeight : RoomForTitle);
    }

    /// <returns>Where the panel ends.</returns>
    private double DrawPanel(WaterfallPanel panel, string bar, double top)
    {
        double mean = MeanOf(panel);
        List<string> names = [.. panel.Stages.Select(s => s.Stage), Together];
        List<Column> columns =
        [
            new("mean", [.. panel.Stages.Select(s => HumanTime.Rounded(s.Seconds)), HumanTime.Rounded(mean)]),
            new("share", [.. panel.Stages.Select(s => Canvas.Share(s.Seconds / mean)), Canvas.Share(1)]),
        ];
        Rows rows = new(names, columns, top, Rows.HeightFor(names.Count, 30, 22), Canvas.Width);
        rows.Draw(_svg);
        Scale scale = Scale.Linear(0, mean, rows.Plot.Left, rows.Plot.Right);
        Axis.Horizontal(_svg, rows.Plot, scale, TimeTicks.Linear(0, mean, 4), "time down in the mean outage, stage by stage",
            Canvas.Width);
        double half = rows.RowHeight * 0.32;
        double from = 0;
        for (int i = 0; i < panel.Stages.Count; i++)
        {
            double to = from + panel.Stages[i].Seconds;
            double left = Math.Min(scale.Within(from), rows.Plot.Right - Spans.MinWidth);
            double right = Math.Max(scale.Within(to), left + Spans.MinWidth);
            double y = rows.Centre(i);
            (string stage, double seconds) = panel.Stages[i];
            _svg.Hover($"{panel.Kind}, {stage}: {HumanTime.Precise(seconds)}, {Canvas.Share(seconds / mean)}", () =>
            {
                _svg.Catch(rows.Plot.Left, y - (rows.RowHeight / 2), rows.Plot.Width, rows.RowHeight);
                _svg.Rect(left, y - half, right - left, 2 * half, bar);
            });
            _svg.Line(right, rows.Centre(i) + half, right, rows.Centre(i + 1) - half, "leader");
            from = to;
        }
        _svg.Hover($"mean {panel.Kind}: {HumanTime.Precise(mean)}",
            () => _svg.Rect(rows.Plot.Left, rows.Centre(names.Count - 1) - half, rows.Plot.Width, 2 * half, "track"));
        _svg.Rect(rows.Plot.Left, rows.Centre(names.Count - 1) - half, rows.Plot.Width, 2 * half, "box");
        return rows.Plot.Bottom + Axis.Room + 6;
    }

    private static double MeanOf(WaterfallPanel panel) => panel.Stages.Sum(s => s.Seconds);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private string Description(WaterfallPanel panel) => panel.Outages == 0
        ? $"No {panel.Kind} seen{InYears}."
        : $"{Capital(panel.Kind)}: {Canvas.Count(panel.Outages)} seen, mean {HumanTime.Rounded(MeanOf(panel))}: "
            + string.Join(", ", panel.Stages.Select(s => $"{s.Stage} {HumanTime.Rounded(s.Seconds)}")) + ".";
}
