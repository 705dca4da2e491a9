using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// Panels over one axis, the swept timer: down time with its minimum, and below it the two things that it is the sum of, the time
/// until an outage is noticed and how often mechanisms act for nothing. Lines have marks and dashes of their own and names at their ends.
/// </summary>
internal sealed class TradeoffFigure(TradeoffData data)
{
    private const double DownHeight = 210;
    private const double DetectionHeight = 100;
    private const double FalseHeight = 130;

    /// <summary>Between two panels: room for the title of the lower one.</summary>
    private const double Between = 34;

    /// <summary>Right of the panels, for the names of lines.</summary>
    private const double Names = 190;

    private const double NameHeight = 16;

    /// <summary>A valley is flat on an axis from zero: from this ratio on down time has a logarithmic one.</summary>
    private const double WideDownTime = 1.5;

    private readonly SvgBuilder _svg = new(data.Heading.Id);
    private readonly IReadOnlyList<TradeoffPoint> _points = [.. data.Points.OrderBy(point => point.Amount)];

    public string Draw()
    {
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + Between;
        Area down = Panel(top, DownHeight, "Down time per year");
        Scale across = SweptAxes.Across([.. _points.Select(point => (point.Label, point.Amount))], down, out IReadOnlyList<Tick> values);
        Area last = down;
        DrawDown(down, across, values);
        if (_points.Any(point => point.Detection is { Value: not null }))
        {
            last = Panel(last.Bottom + Between, DetectionHeight, "Time until an outage is noticed, mean over outages");
            DrawDetection(last, across, values);
        }
        last = Panel(last.Bottom + Between, FalseHeight, "False alarms per year: the victim was alive");
        Axis.Horizontal(_svg, last, across, values, data.Parameter, Canvas.Width);
        DrawFalse(last, across, values);
        return _svg.Build(Canvas.Width, last.Bottom + Axis.Room + 8, data.Heading.Title, Description());
    }

    private Area Panel(double top, double height, string title)
    {
        _svg.Text(Header.Margin, top - 11, title, TextStyle.Label with { Bold = true });
        return new Area(92, top, Canvas.Width - Names, top + height);
    }

    private void DrawDown(Area plot, Scale across, IReadOnlyList<Tick> values)
    {
        Bounded[] shown = [.. _points.Select(point => point.Down)];
        Scale up = SweptAxes.Up(Ends(shown), shown.Any(one => !(one.Low > 0)), plot, 4, out IReadOnlyList<Tick> heights, WideDownTime);
        Grid(plot, across, values, up, heights);
        Line(0, across, up, point => point.Down);
        foreach (TradeoffPoint point in _points)
        {
            double x = across.Map(point.Amount);
            _svg.Hover($"{point.Label}: {Told(point.Down, HumanTime.Precise)} down a year", () =>
            {
                Whisker(x, up, point.Down);
                if (point.Down.Value is { } seconds)
                {
                    Sign(point, x, up.Within(seconds));
                }
            });
        }
        if (_points.FirstOrDefault(point => point.IsLeast && point.Down.Value is not null) is { } least)
        {
            double y = up.Within(least.Down.Value!.Value);
            _svg.Line(plot.Left, y, plot.Right, y, "leader");
            string shortened = TextWidth.Shorten($"least: {Shown(least)}", TextStyle.Note.Size, Names - 16);
            _svg.Text(plot.Right + 8, Math.Clamp(y + 4, plot.Top + 8, plot.Bottom), shortened, TextStyle.Note with { Colour = "ink" }, $"least: {Shown(least)}");
        }
    }

    private void DrawDetection(Area plot, Scale across, IReadOnlyList<Tick> values)
    {
        // From zero, for it is a part of each outage.
        Scale up = SweptAxes.Up(Ends(_points.Select(point => point.Detection).OfType<Bounded>()), true, plot, 2, out IReadOnlyList<Tick> heights);
        Grid(plot, across, values, up, heights);
        Line(0, across, up, point => point.Detection);
        foreach (TradeoffPoint point in _points)
        {
            if (point.Detection is { Value: { } seconds } detection)
            {
                double x = across.Map(point.Amount);
                _svg.Hover($"{point.Label}: noticed after {Told(detection, HumanTime.Precise)}", () =>
                {
                    Whisker(x, up, detection);
                    _svg.Circle(x, up.Within(seconds), 4, "fill0");
                });
            }
        }
    }

    private void DrawFalse(Area plot, Scale across, IReadOnlyList<Tick> values)
    {
        // Bounds of what was not seen must not flatten what was.
        double high = _points.SelectMany(point => point.False).Where(count => count.Value > 0).Select(count => count.High).DefaultIfEmpty(1).Max();
        Scale up = Scale.Linear(0, 1.08 * high, plot.Bottom, plot.Top);
        Grid(plot, across, values, up, [.. Ticks.Linear(0, 1.08 * high, 3).Select(tick => tick with { Label = HumanUnits.Number(tick.Value) })]);
        List<(int Index, double Y)> ends = [];
        for (int i = 0; i < data.Mechanisms.Count; i++)
        {
            int index = i;
            Line(i + 1, across, up, point => point.False[index]);
            foreach (TradeoffPoint point in _points.Where(point => point.False[index].Value is not null))
            {
                double x = across.Map(point.Amount);
                Bounded alarms = point.False[i];
                _svg.Hover($"{point.Label}: {Told(alarms, HumanUnits.Number)} false {data.Mechanisms[i]} a year", () =>
                {
                    if (alarms.Value > 0)
                    {
                        Whisker(x, up, alarms);
                    }
                    Mark(index, x, up.Within(alarms.Value!.Value));
                });
            }
            ends.Add((i, up.Within(_points[^1].False[i].Value ?? 0)));
        }
        double free = plot.Top;
        ends = [.. ends.OrderBy(end => end.Y).ThenBy(end => end.Index)];
        for (int i = 0; i < ends.Count; i++)
        {
            // Names stand at the ends of their lines, apart from each other, and none below the panel.
            double y = Math.Min(Math.Max(ends[i].Y, free), plot.Bottom - ((ends.Count - 1 - i) * NameHeight));
            free = y + NameHeight;
            string name = data.Mechanisms[ends[i].Index];
            Mark(ends[i].Index, plot.Right + 14, y);
            _svg.Text(
                plot.Right + 25, y + 4, TextWidth.Shorten(name, TextStyle.Note.Size, Names - 25 - 8), TextStyle.Note with { Colour = "ink" }, name);
        }
    }

    private static string Told(Bounded bounded, Func<double, string> number) => bounded.Value is { } value
        ? $"{number(value)} ({number(bounded.Low)} – {number(bounded.High)})"
        : $"less than {number(bounded.High)}";

    private static IEnumerable<double> Ends(IEnumerable<Bounded> shown) => shown.SelectMany(one => new[] { one.Value ?? 0, one.Low, one.High });

    private void Grid(Area plot, Scale across, IReadOnlyList<Tick> values, Scale up, IReadOnlyList<Tick> heights)
    {
        foreach (Tick value in values)
        {
            _svg.Line(across.Map(value.Value), plot.Top, across.Map(value.Value), plot.Bottom, "grid");
        }
        foreach (Tick height in heights)
        {
            _svg.Line(plot.Left, up.Map(height.Value), plot.Right, up.Map(height.Value), height.Label is null ? "minor" : "grid");
            if (height.Label is not null)
            {
                _svg.Text(plot.Left - 8, up.Map(height.Value) + 4, height.Label, TextStyle.Tick with { Anchor = Anchor.End });
            }
        }
        _svg.Line(plot.Left, plot.Top, plot.Left, plot.Bottom, "axis");
        _svg.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, "axis");
    }

    private void Line(int style, Scale across, Scale up, Func<TradeoffPoint, Bounded?> of)
    {
        (double X, double Y)[] line =
            [.. from point in _points where of(point) is { Value: not null } select (across.Map(point.Amount), up.Within(of(point)!.Value.Value!.Value))];
        if (line.Length > 1)
        {
            _svg.Polyline($"line{style}", line);
        }
    }

    private void Whisker(double x, Scale up, Bounded bounded)
    {
        (double low, double high) = (up.Within(bounded.Low), up.Within(bounded.High));
        _svg.Line(x, low, x, high, "axis");
        _svg.Line(x - 4, low, x + 4, low, "axis");
        _svg.Line(x - 4, high, x + 4, high, "axis");
    }

    private void Sign(TradeoffPoint point, double x, double y)
    {
        if (point.IsLeast)
        {
            _svg.Circle(x, y, 9.5, "frame");
        }
        if (point.MayBeBest)
        {
            _svg.Circle(x, y, 5.5, "fill0");
        }
        else
        {
            _svg.Circle(x, y, 4.5, "hollow");
        }
    }

    private void Mark(int mechanism, double x, double y)
    {
        switch (mechanism)
        {
            case 0:
                _svg.Diamond(x, y, 6, "fill1");
                break;
            case 1:
                _svg.Triangle(x, y, 5, "fill2");
                break;
            case 2:
                _svg.Rect(x - 4.5, y - 4.5, 9, 9, "fill3");
                break;
            default:
                _svg.Circle(x, y, 4.5, "ring4");
                break;
        }
    }

    private List<LegendEntry> Signs()
    {
        List<LegendEntry> signs = [];
        if (_points.Any(point => point.IsLeast && point.Down.Value is not null))
        {
            signs.Add(new("least in the sample", 20, (x, y) => _svg.Circle(x, y, 8, "frame")));
        }
        if (_points.Any(point => point.MayBeBest))
        {
            signs.Add(new(_points.Count(point => point.MayBeBest) == 1 ? "best" : "may be best", 14, (x, y) => _svg.Circle(x, y, 5.5, "fill0")));
        }
        if (_points.Any(point => !point.MayBeBest))
        {
            signs.Add(new("not the best", 14, (x, y) => _svg.Circle(x, y, 4.5, "hollow")));
        }
        signs.Add(new($"{(100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture)} % interval", 16, (x, y) =>
        {
            _svg.Line(x, y - 8, x, y + 8, "axis");
            _svg.Line(x - 4, y - 8, x + 4, y - 8, "axis");
            _svg.Line(x - 4, y + 8, x + 4, y + 8, "axis");
        }));
        return signs;
    }

    private static string Shown(TradeoffPoint point) => $"{HumanTime.Rounded(point.Down.Value!.Value)} at {point.Label}";

    private string Description() => string.Join(" ",
        from point in _points
        let down = point.Down.Value is null ? $"less than {HumanTime.Rounded(point.Down.High)} at {point.Label}" : Shown(point)
        let detection = point.Detection is { Value: { } seconds } ? $", {HumanTime.Rounded(seconds)} to notice an outage" : ""
        let alarms = data.Mechanisms.Select((name, i) => $", {HumanUnits.Number(point.False[i].Value ?? 0)} false {name}")
        select $"Down {down} a year{detection}{string.Concat(alarms)}{(point.IsLeast ? ", the least" : point.MayBeBest ? ", may be best" : "")}.");
}
