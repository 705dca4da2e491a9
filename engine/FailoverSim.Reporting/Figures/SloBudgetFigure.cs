using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Figures;

/// <summary>Above, how the budget used is distributed over windows, on a logarithmic axis; below, how it burns down within a window.</summary>
internal sealed class SloBudgetFigure(SloBudgetData data)
{
    private const double AxisWidth = 66;
    private const double ColumnWidth = 250;
    private const double HillHeight = 150;
    private const double FanHeight = 190;
    private const double BarWidth = 56;
    private const double BarRoom = 122;

    /// <summary>Of a budget.</summary>
    private const double HardlyUsed = 0.25;
    private const double BinWidth = 6;

    /// <summary>Of the fan's axis: what lies further up is out of budget by so much that how much is for the panel above.</summary>
    private const double MostShown = 3;

    /// <summary>Of the lines of the fan: all but the colour of the limit.</summary>
    private static readonly int[] Styles = [0, 2, 3, 7];

    private readonly SvgBuilder _svg = new(data.Heading.Id);

    public string Draw()
    {
        if (data.Sorted.Count == 0)
        {
            return Canvas.Empty(data.Heading, $"No budget was touched in {Canvas.Count(data.Windows)} windows.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 30;
        double right = Canvas.Width - Header.Margin - ColumnWidth;
        Area hill = new(Header.Margin + BarRoom + 8, top, right - 24, top + HillHeight);
        DrawHill(hill);
        DrawColumn(right, top);
        double bottom = hill.Bottom + Axis.Room + 8;
        if (data.Fan.Count > 0)
        {
            bottom = DrawFan(bottom + 10, right);
        }
        return _svg.Build(Canvas.Width, bottom, data.Heading.Title, Description());
    }

    private void DrawHill(Area plot)
    {
        _svg.Text(Header.Margin, plot.Top - 8, "windows with none", TextStyle.Note with { Bold = true });
        double none = 1 - (data.Sorted.Sum(v => v.Count) / (double)data.Windows);
        double middle = (plot.Top + plot.Bottom) / 2;
        _svg.Rect(Header.Margin, middle - 5, BarWidth * none, 10, "bar");
        _svg.Rect(Header.Margin, middle - 5, BarWidth, 10, "box");
        _svg.Text(Header.Margin + BarWidth + 6, middle + 4, Canvas.Share(none), TextStyle.Note with { Colour = "ink" });
        double low = Math.Min(data.Sorted[0].Used, 0.5), high = Math.Max(data.Sorted[^1].Used, 2);
        double pad = Math.Max(0.03 * Math.Log10(high / low), 0.1);
        Scale scale = Scale.Log(low * Math.Pow(10, -pad), high * Math.Pow(10, pad), plot.Left, plot.Right);
        Axis.Horizontal(
            _svg, plot, scale, Ticks.Log(scale.From, scale.To, Percent), "budget used by a window that uses some", Canvas.Width);
        Dictionary<int, long> bins = [];
        double border = scale.Map(1);
        foreach ((double used, long count) in data.Sorted)
        {
            // Counted from the border, so that no column lies on both sides of it; what uses exactly all of it is within.
            int bin = (int)Math.Ceiling((scale.Within(used) - border) / BinWidth) - 1;
            bins[bin] = bins.GetValueOrDefault(bin) + count;
        }
        double peak = bins.Values.Max();
        foreach ((int bin, long count) in bins.OrderBy(bin => bin.Key))
        {
            // A single window among thousands is still to be seen.
            double height = Math.Max(1.5, (HillHeight - 12) * count / peak);
            double left = Math.Max(plot.Left, border + (bin * BinWidth));
            double width = Math.Min(plot.Right, border + ((bin + 1) * BinWidth)) - left;
            (double from, double to) = (scale.ValueAt(left), scale.ValueAt(left + width));
            _svg.Hover($"{Canvas.Count(count)} windows use {HumanUnits.Number(100 * from)} to {HumanUnits.Number(100 * to)} % of the budget",
                () => _svg.Rect(left, plot.Bottom - height, Math.Max(1, width - 0.5), height, bin < 0 ? "bar" : "outage"));
        }
        _svg.Line(border, plot.Top - 4, border, plot.Bottom + 4, "goal");
        foreach (BudgetMark mark in data.High)
        {
            Mark(mark, x => _svg.Triangle(x, plot.Bottom - 5.5, 5.5, "mark"));
        }
        Mark(data.Mean, x => _svg.Diamond(x, plot.Bottom - 5.5, 5.5, "hollow"));
        Mark(data.Median, x => _svg.Circle(x, plot.Bottom - 5.5, 5, "mark"));

        void Mark(BudgetMark mark, Action<double> draw)
        {
            if (mark.Used is { } used and > 0)
            {
                _svg.Hover($"{mark.Name}: {mark.Text} of the budget", () => draw(scale.Within(used)));
            }
        }
    }

    private void DrawColumn(double left, double top)
    {
        _svg.Text(left, top - 8, "budget used by a window", TextStyle.Note with { Bold = true });
        double y = top + 14;
        foreach (BudgetMark mark in (IEnumerable<BudgetMark>)[data.Median, data.Mean, .. data.High])
        {
            _svg.Text(left, y, mark.Name, TextStyle.Note);
            string text = TextWidth.Shorten(mark.Text, TextStyle.Note.Size, ColumnWidth - 96);
            _svg.Text(left + 96, y, text, TextStyle.Note with { Colour = "ink" }, mark.Text);
            y += 21;
        }
    }

    private double DrawFan(double top, double right)
    {
        _svg.Text(Header.Margin, top + 6, "How the budget burns down within a window", TextStyle.Label with { Bold = true });
        top = Legend.Draw(_svg, Header.Margin, top + 14, right - 24, FanSigns()) + 12;
        Area plot = new(Header.Margin + AxisWidth, top, right - 24, top + FanHeight);
        double used = data.Fan[^1].Max();
        // Where hardly any of it is used, a scale up to all of it would show a line along the axis.
        bool hardly = used is > 0 and < HardlyUsed;
        double most = hardly ? 1.2 * used : Math.Clamp(1.1 * used, 1.2, MostShown);
        Scale across = Scale.Linear(0, 1, plot.Left, plot.Right);
        Scale up = Scale.Linear(0, most, plot.Bottom, plot.Top);
        Axis.Vertical(_svg, plot, up, [.. Ticks.Linear(0, 100 * most, 4, " %").Select(t => t with { Value = t.Value / 100 })], "budget used");
        Axis.Horizontal(
            _svg, plot, across, [.. Ticks.Linear(0, 100, 5, " %").Select(t => t with { Value = t.Value / 100 })], "part of the window that has passed",
            Canvas.Width);
        if (!hardly)
        {
            _svg.Line(plot.Left, up.Map(1), plot.Right, up.Map(1), "goal");
        }
        (double X, double Y)[] below = [(plot.Left, plot.Bottom), (plot.Right, plot.Bottom)];
        for (int line = 0; line < data.FanNames.Count; line++)
        {
            (double X, double Y)[] points = Quantile(line, across, up);
            _svg.Polyline($"fan{line % Theme.Series}", [.. points, .. below.Reverse()]);
            below = points;
        }
        for (int line = data.FanNames.Count - 1; line >= 0; line--)
        {
            _svg.Polyline($"line{Styles[line % Styles.Length]}", Quantile(line, across, up));
        }
        for (int part = 1; part <= data.Fan.Count; part++)
        {
            double width = plot.Width / data.Fan.Count;
            double left = plot.Left + ((part - 0.5) * width);
            string quantiles = string.Join(", ", data.FanNames.Zip(data.Fan[part - 1], (name, value) => $"{name} {SloText.OfBudget(value)}"));
            _svg.Hover($"after {Share((double)part / data.Fan.Count)} of the window: {quantiles}",
                () => _svg.Catch(left, plot.Top, Math.Min(width, plot.Right - left), plot.Height));
        }
        _svg.Text(right, plot.Top - 8, "windows that have used it up", TextStyle.Note with { Bold = true });
        for (int i = 0; i < data.UsedUp.Count; i++)
        {
            double y = plot.Top + 9 + (i * FanHeight / data.UsedUp.Count);
            _svg.Text(right, y, $"after {Share((i + 1.0) / data.UsedUp.Count)}", TextStyle.Note);
            _svg.Text(right + 96, y, Canvas.Share(data.UsedUp[i]), TextStyle.Note with { Colour = "ink" });
        }
        return plot.Bottom + Axis.Room + 8;
    }

    private List<LegendEntry> Signs() =>
    [
        new("median of all windows", 12, (x, y) => _svg.Circle(x, y, 5, "mark")),
        new("mean", 12, (x, y) => _svg.Diamond(x, y, 5.5, "hollow")),
        new("90th, 95th, 99th percentile and worst", 12, (x, y) => _svg.Triangle(x, y, 5.5, "mark")),
        new("all of the budget", 6, (x, y) => _svg.Line(x, y - 8, x, y + 8, "goal")),
        new("over budget", 12, (x, y) => _svg.Rect(x - 6, y - 6, 12, 12, "outage")),
    ];

    private (double X, double Y)[] Quantile(int line, Scale across, Scale up) =>
    [
        (across.Map(0), up.Map(0)),
        .. data.Fan.Select((quantiles, i) => (across.Map((i + 1.0) / data.Fan.Count), up.Within(quantiles[line]))),
    ];

    private List<LegendEntry> FanSigns() => [.. data.FanNames.Select((name, i) => new LegendEntry(i == 0 ? $"up to the {name}" : $"to the {name}", 44, (x, y) =>
    {
        _svg.Rect(x - 22, y - 7, 44, 14, $"fan{i % Theme.Series}");
        _svg.Line(x - 22, y - 7, x + 22, y - 7, $"line{Styles[i % Styles.Length]}");
    }))];

    private static string Percent(double share) =>
        ((decimal)Math.Round(100 * share, 12)).ToString("#,0.############", CultureInfo.InvariantCulture).Replace(',', '\u202f') + " %";

    private static string Share(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0} %");

    private string Description() => string.Create(CultureInfo.InvariantCulture,
        $"Of {data.Windows} windows {Canvas.Share(1 - (data.Sorted.Sum(v => v.Count) / (double)data.Windows))} use none of the budget, ")
        + $"{Canvas.Share(data.Sorted.Where(v => v.Used > 1).Sum(v => v.Count) / (double)data.Windows)} more than all of it. "
        + string.Join(", ", ((IEnumerable<BudgetMark>)[data.Median, data.Mean, .. data.High]).Select(mark =>
            $"{mark.Name} {SloText.OfBudget(mark.Used)}")) + ".";
}
