using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>
/// One row per variant: its difference to the baseline with the interval, a line at zero between, and the judgement as a shape.
/// Where differences are of very different size the axis is linear about zero and logarithmic further out.
/// </summary>
internal sealed class ForestFigure(ForestData data)
{
    /// <summary>From this ratio of the largest to the smallest on, a linear axis would show only the largest.</summary>
    private const double Disparate = 30;

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Rows.Count == 0)
        {
            return Canvas.Empty(data.Heading, "Nothing to compare.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        Rows rows = new([.. data.Rows.Select(row => row.Variant)], Columns(), top, Rows.HeightFor(data.Rows.Count, 44, 24), Canvas.Width);
        rows.Draw(_svg);
        Scale scale = ChooseScale(rows.Plot, out IReadOnlyList<Tick> ticks);
        Axis.Horizontal(_svg, rows.Plot, scale, ticks,
            $"◂ down for less · down time per year against {data.Baseline} · down for more ▸", Canvas.Width);
        double zero = scale.Within(0);
        _svg.Line(zero, rows.Plot.Top - 4, zero, rows.Plot.Bottom, "frame");
        for (int i = 0; i < data.Rows.Count; i++)
        {
            ForestRow row = data.Rows[i];
            double y = rows.Centre(i);
            (double low, double high) = (scale.Within(row.Low), scale.Within(row.High));
            double half = Math.Min(6, rows.RowHeight * 0.2);
            string whisker = row.Judgement == Judgement.Undecided ? "axis" : "whisker";
            double above = y - (rows.RowHeight / 2);
            _svg.Hover(Told(row), () =>
            {
                _svg.Catch(rows.Plot.Left, above, rows.Plot.Width, rows.RowHeight);
                _svg.Line(low, y, high, y, whisker);
                _svg.Line(low, y - half, low, y + half, whisker);
                _svg.Line(high, y - half, high, y + half, whisker);
                JudgementSign.Draw(_svg, row.Judgement, scale.Within(row.Seconds), y);
            });
        }
        string description = string.Join(" ", data.Rows.Select(row => $"{Told(row)}."));
        return _svg.Build(Canvas.Width, rows.Plot.Bottom + Axis.Room + 8, data.Heading.Title, description);
    }

    private Scale ChooseScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        double low = Math.Min(0, data.Rows.Min(row => row.Low));
        double high = Math.Max(0, data.Rows.Max(row => row.High));
        double[] sizes = [.. data.Rows.Select(row => Math.Max(Math.Abs(row.Low), Math.Abs(row.High))).Where(size => size > 0).Order()];
        if (sizes.Length == 0)
        {
            (low, high, sizes) = (-1, 1, [1]);
        }
        if (sizes[^1] > Disparate * sizes[0])
        {
            double unit = sizes[0];
            (low, high) = (1.3 * Math.Min(low, -unit), 1.3 * Math.Max(high, unit));
            ticks = [.. TimeTicks.AtLandmarks(unit, -low).Select(t => t with { Value = -t.Value, Label = "−" + t.Label }),
                new Tick(0, "0"), .. TimeTicks.AtLandmarks(unit, high).Select(t => t with { Label = "+" + t.Label })];
            return Scale.Signed(unit, low, high, plot.Left, plot.Right);
        }
        double pad = 0.06 * (high - low);
        (low, high) = (low - pad, high + pad);
        ticks = TimeTicks.Linear(low, high, 4, "+");
        return Scale.Linear(low, high, plot.Left, plot.Right);
    }

    private List<Column> Columns() =>
    [
        new("difference per year", [.. data.Rows.Select(Difference)]),
        new("nines gained", [.. data.Rows.Select(row => row.Nines)]),
        new("verdict", [.. data.Rows.Select(row => JudgementSign.Word(row.Judgement))]),
    ];

    private static string Told(ForestRow row) => $"{row.Variant}: {Difference(row)} a year, {JudgementSign.Word(row.Judgement)}";

    private static string Difference(ForestRow row) => HumanUnits.Difference(row.Seconds, row.Low, row.High, alwaysSigned: true);

    private List<LegendEntry> Signs() =>
    [
        .. JudgementSign.Legend(_svg, data.Rows.Select(row => row.Judgement)),
        new($"{(100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture)} % intervals, all of them jointly", 34, (x, y) =>
        {
            _svg.Line(x - 16, y, x + 16, y, "whisker");
            _svg.Line(x - 16, y - 5, x - 16, y + 5, "whisker");
            _svg.Line(x + 16, y - 5, x + 16, y + 5, "whisker");
        }),
    ];
}
