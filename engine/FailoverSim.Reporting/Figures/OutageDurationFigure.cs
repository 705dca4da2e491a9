using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>Cumulative distributions of outage durations on a logarithmic time axis, with a numbered key.</summary>
internal sealed class OutageDurationFigure(OutageDurationData data)
{
    private const double PlotHeight = 300;
    private const double MaxKeyWidth = 300;
    private const double KeyIndent = 54;
    private const double KeyRow = 38;
    private const int QuietNames = 6;
    private const double TagSpacing = 4;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    private double _keyWidth;

    private sealed record Curve(string Service, WeightedSample Sample, IReadOnlyList<(double X, double Y)> Corners);

    public string Draw()
    {
        List<(string Service, WeightedSample Sample)> seen =
            [.. data.Samples.Select(s => (s.Service, new WeightedSample(s.Sorted))).Where(s => s.Item2.Count > 0)];
        if (seen.Count == 0)
        {
            string years = data.ObservedYears is { } y ? $" in {Canvas.Count(y)} simulated years" : "";
            return Canvas.Empty(data.Heading, $"No outage seen{years}.");
        }
        IEnumerable<double> texts = seen.SelectMany(s =>
            new[] { TextStyle.Label.WidthOf(s.Service), TextStyle.SubTick.WidthOf(Statistics(s.Sample)) });
        _keyWidth = Math.Min(MaxKeyWidth, KeyIndent + texts.Max());
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 14;
        Area plot = new(84, top, Canvas.Width - Header.Margin - _keyWidth - 30, top + PlotHeight);
        Scale across = TimeScale(seen, plot, out IReadOnlyList<Tick> ticks);
        Scale up = Scale.Linear(0, 1, plot.Bottom, plot.Top);
        Axis.Horizontal(_svg, plot, across, ticks, "duration of the outage", Canvas.Width);
        Axis.Vertical(_svg, plot, up, [.. Ticks.Linear(0, 100, 5, " %").Select(t => t with { Value = t.Value / 100 })],
            "share of outages at most this long");

        // The services with the most downtime get the colours, in the order of the scenario.
        HashSet<WeightedSample> loud =
            [.. seen.OrderByDescending(s => s.Sample.Total).Take(Theme.Series).Select(s => s.Sample)];
        List<Curve> curves = [.. seen.Select(s => new Curve(s.Service, s.Sample, Corners(s.Sample, across, up)))];
        foreach (Curve curve in curves.Where(c => !loud.Contains(c.Sample)))
        {
            _svg.Hover(Told(curve), () => _svg.Path(StepLine.Path(curve.Corners), "grey"));
        }
        List<Curve> coloured = [.. curves.Where(c => loud.Contains(c.Sample))];
        DrawCurves(coloured, across, up);
        double keyEnd = DrawKey(coloured, seen.Count - coloured.Count, plot);
        string description = string.Join(" ", seen.Select(s => $"{s.Service}: {Statistics(s.Sample)}."));
        return _svg.Build(Canvas.Width, Math.Max(plot.Bottom + Axis.Room, keyEnd) + 10, data.Heading.Title,
            description);
    }

    private static Scale TimeScale(List<(string Service, WeightedSample Sample)> seen, Area plot,
        out IReadOnlyList<Tick> ticks)
    {
        IEnumerable<double> positive = seen.SelectMany(s => s.Sample.Values).Select(v => v.Seconds).Where(s => s > 0);
        double low = positive.DefaultIfEmpty(1e-9).Min();
        double high = Math.Max(low, positive.DefaultIfEmpty(1e-9).Max());
        double pad = Math.Max(0.04 * Math.Log10(high / low), 0.15);
        (low, high) = (low * Math.Pow(10, -pad), high * Math.Pow(10, pad));
        ticks = TimeTicks.Log(low, high);
        return Scale.Log(low, high, plot.Left, plot.Right);
    }

    private static IReadOnlyList<(double X, double Y)> Corners(WeightedSample sample, Scale across, Scale up)
    {
        long seen = 0;
        List<(double X, double Y)> corners = [];
        foreach ((double seconds, long count) in sample.Values)
        {
            double x = across.Within(seconds);
            if (corners.Count == 0)
            {
                corners.Add((x, up.First));
            }
            seen += count;
            corners.Add((x, up.Map((double)seen / sample.Count)));
        }
        return StepLine.Thin(corners);
    }

    private void DrawCurves(List<Curve> curves, Scale across, Scale up)
    {
        for (int i = 0; i < curves.Count; i++)
        {
            int series = i;
            _svg.Hover(Told(curves[i]), () => _svg.Path(StepLine.Path(curves[series].Corners), $"line{series}"));
        }
        List<(double X, double Y)> markers = [];
        for (int i = 0; i < curves.Count; i++)
        {
            (double X, double Y) median = (across.Within(curves[i].Sample.Quantile(0.5)), up.Map(0.5));
            (double X, double Y) p95 = (across.Within(curves[i].Sample.Quantile(0.95)), up.Map(0.95));
            string fill = $"fill{i}";
            Curve curve = curves[i];
            _svg.Hover($"{curve.Service}: half of its outages last at most {HumanTime.Precise(curve.Sample.Quantile(0.5))}",
                () => _svg.Circle(median.X, median.Y, 5, fill));
            _svg.Hover($"{curve.Service}: 95 % of its outages last at most {HumanTime.Precise(curve.Sample.Quantile(0.95))}",
                () => _svg.Diamond(p95.X, p95.Y, 6.2, fill));
            markers.AddRange([median, p95]);
        }
        IReadOnlyList<(double X, double Y)?> places =
            Tags.Place([.. curves.Select(c => Steep(c.Corners, up))], markers);
        for (int i = 0; i < curves.Count; i++)
        {
            if (places[i] is { } place)
            {
                Tag(i, place.X, place.Y);
            }
        }
    }

    // Near 0 and 100 % the lines are flat and lie on each other: no place for a number.
    private static List<(double X, double Y)> Steep(IReadOnlyList<(double X, double Y)> corners, Scale up)
    {
        List<(double X, double Y)> points = [];
        foreach ((double X, double Y) p in StepLine.Walk(corners, TagSpacing)
            .Where(p => p.Y < up.Map(0.08) && p.Y > up.Map(0.9)))
        {
            // Fine steps yield points far closer than the search needs.
            if (points.Count == 0 || Math.Abs(p.X - points[^1].X) + Math.Abs(p.Y - points[^1].Y) >= TagSpacing)
            {
                points.Add(p);
            }
        }
        return points;
    }

    private double DrawKey(List<Curve> curves, int quiet, Area plot)
    {
        double x = plot.Right + 30;
        double y = plot.Top + 4;
        for (int i = 0; i < curves.Count; i++, y += KeyRow)
        {
            _svg.Line(x, y + 6, x + 44, y + 6, $"line{i}");
            Tag(i, x + 22, y + 6);
            Named(curves[i].Service, x + KeyIndent, y + 6);
            string statistics = TextWidth.Shorten(Statistics(curves[i].Sample), TextStyle.SubTick.Size,
                _keyWidth - KeyIndent);
            _svg.Text(x + KeyIndent, y + 21, statistics, TextStyle.SubTick with { Anchor = Anchor.Start });
        }
        List<string> notes = [];
        if (quiet > 0)
        {
            notes.Add($"In grey: {quiet} more services with less downtime.");
        }
        List<string> none = [.. data.Samples.Where(s => s.Sorted.Sum(v => v.Count) == 0).Select(s => s.Service)];
        if (none.Count > 0)
        {
            string rest = none.Count > QuietNames ? $" and {none.Count - QuietNames} more" : "";
            notes.Add($"No outage seen: {string.Join(", ", none.Take(QuietNames))}{rest}.");
        }
        foreach (string note in notes)
        {
            y = Header.Paragraph(_svg, note, x, y, _keyWidth, TextStyle.Note, lines: 4) + 4;
        }
        return y;
    }

    private void Named(string service, double x, double y) =>
        _svg.Text(x, y, TextWidth.Shorten(service, TextStyle.Label.Size, _keyWidth - KeyIndent), TextStyle.Label,
            service);

    private void Tag(int series, double x, double y)
    {
        _svg.Circle(x, y, Tags.Radius, $"ring{series}");
        _svg.Text(x, y + 3.8, Canvas.Count(series + 1), TextStyle.SubTick with { Colour = "ink", Bold = true });
    }

    private List<LegendEntry> Signs() =>
    [
        new("median", 12, (x, y) => _svg.Circle(x, y, 5, "mark")),
        new("95th percentile", 14, (x, y) => _svg.Diamond(x, y, 6.2, "mark")),
    ];

    private static string Told(Curve curve) => $"{curve.Service}: {Statistics(curve.Sample)}";

    private static string Statistics(WeightedSample sample) =>
        $"n = {Canvas.Count(sample.Count)} · median {HumanTime.Rounded(sample.Quantile(0.5))}"
        + $" · p95 {HumanTime.Rounded(sample.Quantile(0.95))}";
}
