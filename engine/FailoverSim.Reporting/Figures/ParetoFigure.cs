using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>A bar per cause, the largest above, and a line that adds them up: both on one scale, in minutes below and in shares above.</summary>
internal sealed class ParetoFigure(ParetoData data)
{
    private const int MaxCauses = 15;

    /// <summary>So that the last label of the upper axis keeps clear of the columns.</summary>
    private const double RoomForLabel = 16;

    /// <summary>An interval that ends farther out is cut off there: it would make all the bars small.</summary>
    private const double MostBeyondTotal = 1.25;

    /// <summary>Of the total, below which a bar is hardly seen and its interval, of a few outages, would be all that is.</summary>
    private const double LeastWithInterval = 0.01;

    /// <summary>Of the total, below which causes are told together: their bars could not be seen.</summary>
    private const double Negligible = 0.001;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        List<(string Cause, double Minutes)> causes = [.. data.Causes.Where(c => c.Minutes > 0)];
        if (causes.Count == 0)
        {
            return Canvas.Empty(data.Heading, "No down time seen.");
        }
        double total = causes.Sum(c => c.Minutes);
        int named = Math.Min(causes.Count(c => c.Minutes >= Negligible * total), causes.Count > MaxCauses ? MaxCauses - 1 : MaxCauses);
        if (named < causes.Count - 1)
        {
            causes = [.. causes[..named], ($"{causes.Count - named} others", causes.Skip(named).Sum(c => c.Minutes))];
        }
        double[] cumulative = [.. Cumulative(causes)];
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        List<Column> columns =
        [
            new("per year", [.. causes.Select(c => HumanUnits.Duration(60 * c.Minutes))]),
            new("share", [.. causes.Select(c => Canvas.Share(c.Minutes / total))]),
            new("sum", [.. cumulative.Select((sum, i) => Canvas.Share(i == causes.Count - 1 ? 1 : sum / total))]),
        ];
        Rows rows = new([.. causes.Select(c => c.Cause)], columns, top, Rows.HeightFor(causes.Count, 40, 24), Canvas.Width);
        rows.Draw(_svg);
        Area plot = rows.Plot with { Right = rows.Plot.Right - RoomForLabel };
        (double Low, double High)?[] intervals =
            [.. causes.Select((cause, i) => cause.Minutes >= LeastWithInterval * total ? IntervalOf(i, causes.Count) : null)];
        double limit = Math.Clamp(intervals.Max(interval => interval?.High ?? 0), total, MostBeyondTotal * total);
        Scale minutes = Scale.Linear(0, limit, plot.Left, plot.Right);
        Scale shares = Scale.Linear(0, 100 * limit / total, plot.Left, plot.Right);
        Axis.Above(_svg, plot with { Bottom = plot.Top }, shares, Ticks.Linear(0, 100, 4, " %"), Canvas.Width);
        Axis.Horizontal(_svg, plot, minutes, MinuteTicks(total), "minutes down a year", Canvas.Width);
        for (int i = 0; i < causes.Count; i++)
        {
            double half = rows.RowHeight * 0.3;
            double y = rows.Centre(i);
            double right = Math.Max(minutes.Within(causes[i].Minutes), plot.Left + Spans.MinWidth);
            (double Low, double High)? interval = intervals[i];
            _svg.Hover(Told(causes[i], interval, total), () =>
            {
                _svg.Catch(plot.Left, y - (rows.RowHeight / 2), plot.Width, rows.RowHeight);
                _svg.Rect(plot.Left, y - half, right - plot.Left, 2 * half, "bar");
                if (interval is var (low, high))
                {
                    Whisker(minutes.Within(Math.Min(low, limit)), minutes.Within(Math.Min(high, limit)), y + half, high <= limit);
                }
            });
        }
        (double X, double Y)[] points = [.. cumulative.Select((sum, i) => (minutes.Within(sum), rows.Centre(i)))];
        _svg.Polyline("line1", points);
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y) = points[i];
            string all = $"{causes[i].Cause} and all above: {HumanUnits.Number(cumulative[i])} minutes a year, "
                + Canvas.Share(i == causes.Count - 1 ? 1 : cumulative[i] / total);
            _svg.Hover(all, () => _svg.Circle(x, y, 4.5, "fill1"));
        }
        string description = string.Join(" ", causes.Select(cause => $"{Told(cause, null, total)}."));
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, description);
    }

    private static string Told((string Cause, double Minutes) cause, (double Low, double High)? interval, double total)
    {
        string minutes = interval is var (low, high) ? HumanUnits.Number(cause.Minutes, low, high) : HumanUnits.Number(cause.Minutes);
        return $"{cause.Cause}: {minutes} minutes a year, {Canvas.Share(cause.Minutes / total)}";
    }

    /// <summary>None for what is several causes in one.</summary>
    private (double Low, double High)? IntervalOf(int index, int shown) =>
        index < data.Intervals.Count && (index < shown - 1 || shown == data.Causes.Count) ? data.Intervals[index] : null;

    /// <summary>On the lower edge of its bar, where the dots of the line do not hide it.</summary>
    private void Whisker(double low, double high, double y, bool ends)
    {
        _svg.Line(low, y, high, y, "whisker");
        _svg.Line(low, y - 3, low, y + 3, "whisker");
        if (ends)
        {
            _svg.Line(high, y - 3, high, y + 3, "whisker");
        }
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

    private LegendEntry[] Signs() => data.Intervals.Count == 0 ? BarAndLine() :
    [
        .. BarAndLine(),
        new("95 % interval of the bar", 24, (x, y) =>
        {
            _svg.Line(x - 12, y, x + 12, y, "whisker");
            _svg.Line(x - 12, y - 3, x - 12, y + 3, "whisker");
            _svg.Line(x + 12, y - 3, x + 12, y + 3, "whisker");
        }),
    ];

    private LegendEntry[] BarAndLine() =>
    [
        new("down time (scale below)", 24, (x, y) => _svg.Rect(x - 12, y - 5, 24, 10, "bar")),
        new("of it and all above it (scale above)", 34, (x, y) =>
        {
            _svg.Line(x - 17, y, x + 17, y, "line1");
            _svg.Circle(x, y, 4.5, "fill1");
        }),
    ];
}
