using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// One row per value: a bar from the down time as written to that with the lower value, and one to that with the higher. The lower
/// value is pale and the higher one full, so that the direction needs no colour. Where both ends lie on one side they share the row.
/// </summary>
internal sealed class TornadoFigure(TornadoData data)
{
    private const double WrittenWidth = 165;

    /// <summary>Share of the bars' extent by which the axis is widened for the intervals at most, on each side.</summary>
    private const double MostBeyond = 0.3;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Rows.Count == 0)
        {
            return Canvas.Empty(data.Heading, "Nothing was varied.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        Rows rows = new(
            [.. data.Rows.Select(row => row.Label)], Columns(), top, Rows.HeightFor(data.Rows.Count, 40, 22), Canvas.Width, maxNameWidth: 190);
        rows.Draw(_svg);
        Scale scale = ChooseScale(rows.Plot, out IReadOnlyList<Tick> ticks);
        Axis.Horizontal(_svg, rows.Plot, scale, ticks, "down time per year", Canvas.Width);
        double written = scale.Within(data.BaseSeconds);
        for (int i = 0; i < data.Rows.Count; i++)
        {
            TornadoRow row = data.Rows[i];
            double height = rows.RowHeight * 0.62;
            bool share = (row.Low.Seconds - data.BaseSeconds) * (row.High.Seconds - data.BaseSeconds) > 0;
            double shift = share ? height / 4 : 0;
            double y = rows.Centre(i);
            _svg.Hover(Told(row.Label, row.Low), () => DrawEnd(row.Low, "hill", written, scale, y - shift, share ? height / 2 : height));
            _svg.Hover(Told(row.Label, row.High), () => DrawEnd(row.High, "bar", written, scale, y + shift, share ? height / 2 : height));
        }
        _svg.Line(written, rows.Plot.Top - 4, written, rows.Plot.Bottom, "frame");
        string description = string.Join(" ", data.Rows.Select(row =>
            $"{row.Label}: {HumanTime.Rounded(row.Low.Seconds)} a year with {row.Low.Text}, {HumanTime.Rounded(row.High.Seconds)} with {row.High.Text}."));
        return _svg.Build(Canvas.Width, rows.Plot.Bottom + Axis.Room + 8, data.Heading.Title, description);
    }

    private void DrawEnd(TornadoEnd end, string style, double written, Scale scale, double centre, double height)
    {
        double x = scale.Within(end.Seconds);
        _svg.Rect(Math.Min(x, written), centre - (height / 2), Math.Abs(x - written), height, style);
        (double from, double to) = (scale.Within(end.From), scale.Within(end.To));
        double half = Math.Min(4, height / 3);
        _svg.Line(from, centre, to, centre, "frame");
        // An interval without a stroke at its end goes on.
        foreach ((double bound, double edge) in new[] { (end.From, from), (end.To, to) })
        {
            if (bound >= scale.From && bound <= scale.To)
            {
                _svg.Line(edge, centre - half, edge, centre + half, "frame");
            }
        }
    }

    private static string Told(string label, TornadoEnd end) =>
        $"{label} {end.Text}: {HumanTime.Precise(end.Seconds)} ({HumanTime.Precise(end.From)} – {HumanTime.Precise(end.To)}) down a year";

    private Scale ChooseScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        TornadoEnd[] ends = [.. data.Rows.SelectMany(row => new[] { row.Low, row.High })];
        double low = Math.Min(data.BaseSeconds, ends.Min(end => end.Seconds));
        double high = Math.Max(data.BaseSeconds, ends.Max(end => end.Seconds));
        double span = high > low ? high - low : Math.Max(1, high);
        // Intervals are shown as far as they go, unless that leaves no room for the bars.
        low = Math.Max(low - (MostBeyond * span), Math.Min(low, ends.Min(end => end.From)));
        high = Math.Min(high + (MostBeyond * span), Math.Max(high, ends.Max(end => end.To)));
        (low, high) = (Math.Max(0, low - (0.04 * span)), high + (0.04 * span));
        ticks = TimeTicks.Linear(low, high, 4);
        return Scale.Linear(low, high, plot.Left, plot.Right);
    }

    private List<Column> Columns() =>
    [
        new("as written", [.. data.Rows.Select(row => TextWidth.Shorten(row.Written, TextStyle.Note.Size, WrittenWidth))]),
        new("swing per year", [.. data.Rows.Select(row => row.Swing)]),
    ];

    private List<LegendEntry> Signs() =>
    [
        new(data.LowName, 26, (x, y) => _svg.Rect(x - 13, y - 6, 26, 12, "hill")),
        new(data.HighName, 26, (x, y) => _svg.Rect(x - 13, y - 6, 26, 12, "bar")),
        new("as written", 10, (x, y) => _svg.Line(x, y - 8, x, y + 8, "frame")),
        new($"{(100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture)} % intervals of the differences, all of them jointly", 34, (x, y) =>
        {
            _svg.Line(x - 16, y, x + 16, y, "frame");
            _svg.Line(x - 16, y - 4, x - 16, y + 4, "frame");
            _svg.Line(x + 16, y - 4, x + 16, y + 4, "frame");
        }),
    ];
}
