using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>A bar per cause, the largest above, and a line that adds them up: both on one scale, in minutes below and in shares above.</summary>
internal sealed class ParetoFigure(ParetoData data)
{
    private const int MaxCauses = 15;

    /// <summary>So that the last label of the upper axis keeps clear of the columns.</summary>
    private const double RoomForLabel = 16;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        List<(string Cause, double Minutes)> causes = [.. data.Causes.Where(c => c.Minutes > 0)];
        if (causes.Count == 0)
        {
            return Canvas.Empty(data.Heading, "No down time seen.");
        }
        if (causes.Count > MaxCauses)
        {
            causes = [.. causes[..(MaxCauses - 1)],
                ($"{causes.Count - MaxCauses + 1} others", causes.Skip(MaxCauses - 1).Sum(c => c.Minutes))];
        }
        double total = causes.Sum(c => c.Minutes);
        double[] cumulative = [.. Cumulative(causes)];
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        List<Column> columns =
        [
            new("min a year", [.. causes.Select(c => HumanUnits.Number(c.Minutes))]),
            new("share", [.. causes.Select(c => Canvas.Share(c.Minutes / total))]),
            new("sum", [.. cumulative.Select((sum, i) => Canvas.Share(i == causes.Count - 1 ? 1 : sum / total))]),
        ];
        Rows rows = new([.. causes.Select(c => c.Cause)], columns, top, Rows.HeightFor(causes.Count, 40, 24), Canvas.Width);
        rows.Draw(_svg);
        Area plot = rows.Plot with { Right = rows.Plot.Right - RoomForLabel };
        Scale minutes = Scale.Linear(0, total, plot.Left, plot.Right);
        Scale shares = Scale.Linear(0, 100, plot.Left, plot.Right);
        Axis.Above(_svg, plot with { Bottom = plot.Top }, shares, Ticks.Linear(0, 100, 4, " %"), Canvas.Width);
        Axis.Horizontal(_svg, plot, minutes, MinuteTicks(total), "minutes down a year", Canvas.Width);
        for (int i = 0; i < causes.Count; i++)
        {
            double half = rows.RowHeight * 0.3;
            double right = Math.Max(minutes.Within(causes[i].Minutes), plot.Left + Spans.MinWidth);
            _svg.Rect(plot.Left, rows.Centre(i) - half, right - plot.Left, 2 * half, "bar");
        }
        (double X, double Y)[] points = [.. cumulative.Select((sum, i) => (minutes.Within(sum), rows.Centre(i)))];
        _svg.Polyline("line1", points);
        foreach ((double x, double y) in points)
        {
            _svg.Circle(x, y, 4.5, "fill1");
        }
        string description = string.Join(" ",
            causes.Select(c => $"{c.Cause}: {HumanUnits.Number(c.Minutes)} minutes a year, {Canvas.Share(c.Minutes / total)}."));
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, description);
    }

    private static IReadOnlyList<Tick> MinuteTicks(double total) =>
        [.. Ticks.Multiples(0, total, Ticks.Step(total, 4)).Select(v => new Tick(v, HumanUnits.Number(v)))];

    private static IEnumerable<double> Cumulative(IEnumerable<(string Cause, double Minutes)> causes)
    {
        double sum = 0;
        foreach ((_, double minutes) in causes)
        {
            sum += minutes;
            yield return sum;
        }
    }

    private LegendEntry[] Signs() =>
    [
        new("down time of the cause (scale below)", 24, (x, y) => _svg.Rect(x - 12, y - 5, 24, 10, "bar")),
        new("of it and all above it (scale above)", 34, (x, y) =>
        {
            _svg.Line(x - 17, y, x + 17, y, "line1");
            _svg.Circle(x, y, 4.5, "fill1");
        }),
    ];
}
