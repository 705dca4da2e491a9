using System.Text;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>One row per service: the share of years without downtime, then the distribution of the others on a
/// logarithmic axis.</summary>
internal sealed class YearlyDowntimeFigure(YearlyDowntimeData data)
{
    private const double BarWidth = 56;
    private const double BarRoom = 122;
    private const double BinWidth = 6;

    private readonly SvgBuilder _svg = new(data.Heading.Id);
    private readonly List<WeightedSample> _samples = [.. data.Services.Select(s => new WeightedSample(s.Sorted))];

    public string Draw()
    {
        if (_samples.All(s => s.Total == 0))
        {
            double years = _samples.Select(s => s.Count).DefaultIfEmpty(0).Max();
            return Canvas.Empty(data.Heading, $"No downtime in {Canvas.Count(years)} simulated years.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        Rows rows = new([.. data.Services.Select(s => s.Service)], Columns(), top,
            Rows.HeightFor(_samples.Count, 58, 26), Canvas.Width, 176);
        rows.Draw(_svg);
        Area plot = rows.Plot with { Left = rows.Plot.Left + BarRoom };
        Scale scale = TimeScale(plot, out IReadOnlyList<Tick> ticks);
        Axis.Horizontal(_svg, plot, scale, ticks, "downtime in a year that has some", Canvas.Width);
        _svg.Text(rows.Plot.Left, rows.Plot.Top - 8, "years with none", TextStyle.Note with { Bold = true });
        for (int i = 0; i < _samples.Count; i++)
        {
            DrawShareOfNone(_samples[i], rows.Plot.Left, rows.Centre(i));
            DrawDistribution(i, rows.Plot.Top + (i + 1) * rows.RowHeight - 6, rows.RowHeight - 12, scale);
        }
        return _svg.Build(Canvas.Width, plot.Bottom + Axis.Room + 8, data.Heading.Title, Description());
    }

    private void DrawShareOfNone(WeightedSample sample, double x, double y)
    {
        if (sample.Count == 0)
        {
            _svg.Text(x, y + 4, "no data", TextStyle.Note);
            return;
        }
        double none = 1 - sample.ShareAbove(0);
        _svg.Rect(x, y - 5, BarWidth * none, 10, "bar");
        _svg.Rect(x, y - 5, BarWidth, 10, "box");
        _svg.Text(x + BarWidth + 6, y + 4, Canvas.Share(none), TextStyle.Note with { Colour = "ink" });
    }

    private void DrawDistribution(int row, double floor, double height, Scale scale)
    {
        WeightedSample sample = _samples[row];
        if (sample.Total > 0)
        {
            _svg.Hover(Told(data.Services[row], sample), () => _svg.Path(Hill(sample, floor, height, scale), "hill"));
        }
        if (data.Services[row].BudgetSeconds is { } budget and > 0)
        {
            double x = scale.Within(budget);
            _svg.Hover($"{data.Services[row].Service}: budget {HumanTime.Precise(budget)} a year",
                () => _svg.Line(x, floor - height - 2, x, floor + 4, "goal"));
        }
        // Statistics of all years; those that are zero have no place on this axis and stand in their column.
        if (sample.Total > 0)
        {
            double half = Math.Min(5.5, height / 2);
            Mark("95th percentile", sample.Quantile(0.95), x => _svg.Triangle(x, floor - half, half, "mark"));
            Mark("mean", sample.Mean, x => _svg.Diamond(x, floor - half, half, "hollow"));
            Mark("median", sample.Quantile(0.5), x => _svg.Circle(x, floor - half, half - 0.5, "mark"));
        }

        void Mark(string name, double seconds, Action<double> draw)
        {
            if (seconds > 0)
            {
                _svg.Hover($"{name}: {HumanTime.Precise(seconds)} a year", () => draw(scale.Within(seconds)));
            }
        }
    }

    /// <summary>A histogram over equal steps of the logarithmic axis, as high as the row at its peak.</summary>
    private static string Hill(WeightedSample sample, double floor, double height, Scale scale)
    {
        SortedDictionary<int, long> bins = [];
        foreach ((double seconds, long count) in sample.Values.Where(v => v.Seconds > 0))
        {
            int bin = (int)Math.Floor((scale.Within(seconds) - scale.First) / BinWidth);
            bins[bin] = bins.GetValueOrDefault(bin) + count;
        }
        double peak = bins.Values.Max();
        StringBuilder path = new();
        foreach ((int bin, long count) in bins)
        {
            string left = SvgBuilder.Number(scale.First + bin * BinWidth);
            string right = SvgBuilder.Number(scale.First + (bin + 1) * BinWidth);
            // A single year among thousands is still to be seen.
            string y = SvgBuilder.Number(floor - Math.Max(1, height * count / peak));
            bool follows = bins.ContainsKey(bin - 1);
            bool goesOn = bins.ContainsKey(bin + 1);
            path.Append(follows ? $"V{y}" : $"M{left} {SvgBuilder.Number(floor)}V{y}").Append($"H{right}");
            path.Append(goesOn ? "" : $"V{SvgBuilder.Number(floor)}Z");
        }
        return path.ToString();
    }

    private Scale TimeScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        List<double> seen =
        [
            .. _samples.SelectMany(s => s.Values).Select(v => v.Seconds),
            .. _samples.Where(s => s.Count > 0).Select(s => s.Mean),
            .. data.Services.Select(s => s.BudgetSeconds ?? 0),
        ];
        double low = seen.Where(s => s > 0).Min();
        double high = seen.Max();
        double pad = Math.Max(0.03 * Math.Log10(high / low), 0.15);
        (low, high) = (low * Math.Pow(10, -pad), high * Math.Pow(10, pad));
        ticks = TimeTicks.Log(low, high);
        return Scale.Log(low, high, plot.Left, plot.Right);
    }

    private List<Column> Columns()
    {
        List<Column> columns =
        [
            new("mean", Cells(s => HumanTime.Rounded(s.Mean))),
            new("median", Cells(s => HumanTime.Rounded(s.Quantile(0.5)))),
            new("p95", Cells(s => HumanTime.Rounded(s.Quantile(0.95)))),
        ];
        if (data.Services.Any(s => s.BudgetSeconds is not null))
        {
            columns.Add(new("over budget", [.. _samples.Zip(data.Services, OverBudget)]));
        }
        return columns;
    }

    private List<string> Cells(Func<WeightedSample, string> text) =>
        [.. _samples.Select(s => s.Count == 0 ? "–" : text(s))];

    private static string OverBudget(WeightedSample sample, YearlyDowntime service) =>
        service.BudgetSeconds is { } budget && sample.Count > 0
            ? $"{Canvas.Share(sample.ShareAbove(budget))} (> {HumanTime.Rounded(budget)})"
            : "";

    private List<LegendEntry> Signs()
    {
        List<LegendEntry> signs =
        [
            new("median of all years", 12, (x, y) => _svg.Circle(x, y, 5, "mark")),
            new("mean", 12, (x, y) => _svg.Diamond(x, y, 5.5, "hollow")),
            new("95th percentile", 12, (x, y) => _svg.Triangle(x, y, 5.5, "mark")),
        ];
        if (data.Services.Any(s => s.BudgetSeconds is not null))
        {
            signs.Add(new("budget of the objective", 6, (x, y) => _svg.Line(x, y - 8, x, y + 8, "goal")));
        }
        return signs;
    }

    private string Description() => string.Join(" ", data.Services.Zip(_samples, Told).Select(told => $"{told}."));

    private static string Told(YearlyDowntime service, WeightedSample s) => s.Count == 0
        ? $"{service.Service}: no data"
        : $"{service.Service}: {Canvas.Share(1 - s.ShareAbove(0))} of {Canvas.Count(s.Count)} years without downtime,"
            + $" mean {HumanTime.Rounded(s.Mean)}, median {HumanTime.Rounded(s.Quantile(0.5))},"
            + $" 95th percentile {HumanTime.Rounded(s.Quantile(0.95))}";
}
