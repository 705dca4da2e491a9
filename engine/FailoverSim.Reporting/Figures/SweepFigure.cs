using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// Down time against the swept value, with an interval at each point and a line at the baseline. Numbers stand where they
/// belong, on a logarithmic axis if they span much; words stand side by side.
/// </summary>
internal sealed class SweepFigure(SweepData data)
{
    private const double PlotHeight = 300;

    /// <summary>Curves keep so far from each other at the same value.</summary>
    private const double Beside = 9;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Curves.All(curve => curve.Points.Count == 0))
        {
            return Canvas.Empty(data.Heading, "Nothing was swept.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 14;
        Area plot = new(112, top, Canvas.Width - Header.Margin - 12, top + PlotHeight);
        Scale up = Up(plot, out IReadOnlyList<Tick> heights);
        Func<SweptPoint, double> across = Across(plot, out Scale scale, out IReadOnlyList<Tick> values);
        Axis.Vertical(_svg, plot, up, heights, "down time per year", titleRoom: 80);
        Axis.Horizontal(_svg, plot, scale, values, data.Parameter, Canvas.Width);
        if (data.BaselineSeconds is { } baseline)
        {
            double y = up.Within(baseline);
            _svg.Line(plot.Left, y, plot.Right, y, "leader");
            _svg.Text(plot.Right, y - 5, data.Baseline, TextStyle.Note with { Anchor = Anchor.End });
        }
        for (int i = 0; i < data.Curves.Count; i++)
        {
            DrawCurve(data.Curves[i], i, across, up, (i - ((data.Curves.Count - 1) / 2.0)) * Beside);
        }
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, Description());
    }

    private void DrawCurve(SweptCurve curve, int index, Func<SweptPoint, double> across, Scale up, double shift)
    {
        (SweptPoint Point, double X)[] placed = [.. curve.Points.Select(point => (point, across(point) + shift))];
        (double X, double Y)[] line =
            [.. placed.Where(p => p.Point.Seconds is not null).OrderBy(p => p.X).Select(p => (p.X, up.Within(p.Point.Seconds!.Value)))];
        // Between words there is nothing.
        if (line.Length > 1 && curve.Points.All(point => point.Amount is not null))
        {
            _svg.Polyline($"line{index % Theme.Series}", line);
        }
        foreach ((SweptPoint point, double x) in placed)
        {
            (double low, double high) = (up.Within(point.Low), up.Within(point.High));
            _svg.Hover(Told(curve, point, HumanTime.Precise), () =>
            {
                _svg.Line(x, low, x, high, "axis");
                _svg.Line(x - 5, low, x + 5, low, "axis");
                _svg.Line(x - 5, high, x + 5, high, "axis");
                if (point.Seconds is { } seconds)
                {
                    JudgementSign.Draw(_svg, point.Judgement, x, up.Within(seconds));
                }
            });
        }
    }

    private Scale Up(Area plot, out IReadOnlyList<Tick> ticks)
    {
        IEnumerable<SweptPoint> points = data.Curves.SelectMany(curve => curve.Points);
        return SweptAxes.Up(
            points.SelectMany(point => new[] { point.Seconds ?? 0, point.Low, point.High }).Append(data.BaselineSeconds ?? 0),
            points.Any(point => !(point.Low > 0)), plot, atLeast: 4, out ticks);
    }

    private Func<SweptPoint, double> Across(Area plot, out Scale scale, out IReadOnlyList<Tick> ticks)
    {
        SweptPoint[] points = [.. data.Curves.SelectMany(curve => curve.Points)];
        string[] labels = [.. points.Select(point => point.Label).Distinct()];
        if (labels.Length < 2 || points.Any(point => point.Amount is null))
        {
            Scale places = Scale.Linear(-0.5, labels.Length - 0.5, plot.Left, plot.Right);
            scale = places;
            ticks = [.. labels.Select((label, i) => new Tick(i, label))];
            return point => places.Map(Array.IndexOf(labels, point.Label));
        }
        Scale amounts = SweptAxes.Across([.. points.Select(point => (point.Label, point.Amount!.Value))], plot, out ticks);
        scale = amounts;
        return point => amounts.Map(point.Amount!.Value);
    }

    private List<LegendEntry> Signs()
    {
        List<LegendEntry> signs =
        [
            .. data.Curves.Where(curve => curve.Name.Length > 0).Select((curve, i) =>
                new LegendEntry(curve.Name, 34, (x, y) => _svg.Line(x - 17, y, x + 17, y, $"line{i % Theme.Series}"))),
            .. JudgementSign.Legend(_svg, data.Curves.SelectMany(curve => curve.Points).Select(point => point.Judgement))
                .Select(entry => entry with { Text = $"{entry.Text}{(entry.Text == "undecided" ? " against" : " than")} {data.Baseline}" }),
            new($"{(100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture)} % interval", 16, (x, y) =>
            {
                _svg.Line(x, y - 8, x, y + 8, "axis");
                _svg.Line(x - 5, y - 8, x + 5, y - 8, "axis");
                _svg.Line(x - 5, y + 8, x + 5, y + 8, "axis");
            }),
        ];
        return signs;
    }

    private string Description() => string.Join(" ",
        from curve in data.Curves
        from point in curve.Points
        select $"{Told(curve, point, HumanTime.Rounded)}.");

    private static string Told(SweptCurve curve, SweptPoint point, Func<double, string> time) =>
        $"{(curve.Name.Length > 0 ? curve.Name + ", " : "")}{point.Label}: "
        + $"{(point.Seconds is { } seconds ? $"{time(seconds)} ({time(point.Low)} – {time(point.High)})" : $"less than {time(point.High)}")} a year, "
        + JudgementSign.Word(point.Judgement);
}
