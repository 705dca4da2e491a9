using System.Globalization;
using FailoverSim.Reporting.Figures.Drawing;

namespace FailoverSim.Reporting.Figures;

/// <summary>One row per service: dot, whisker and objective on the nines scale, or on a linear one where nines say
/// nothing.</summary>
internal sealed class AvailabilityFigure(AvailabilityData data)
{
    // Below about two nines of distance from certainty: 95 % at best.
    private const double LinearFrom = 0.05;
    private const double Best = 1e-15;
    private const double ArrowLength = 46;

    private readonly SvgBuilder _svg = new(data.Heading.Id);
    private readonly string _interval = (100 * data.Level).ToString("0.##", CultureInfo.InvariantCulture) + " % interval";

    public string Draw()
    {
        if (data.Rows.Count == 0)
        {
            return Canvas.Empty(data.Heading, "No service to show.");
        }
        double top = Header.Draw(_svg, data.Heading.Title, data.Heading.Subtitle, Canvas.Width) + 10;
        top = Legend.Draw(_svg, Header.Margin, top, Canvas.Width - Header.Margin, Signs()) + 34;
        Rows rows = new([.. data.Rows.Select(r => r.Service)], Columns(), top, Rows.HeightFor(data.Rows.Count, 44, 23),
            Canvas.Width);
        rows.Draw(_svg);
        Scale scale = ChooseScale(rows.Plot, out IReadOnlyList<Tick> ticks);
        Axis.Horizontal(_svg, rows.Plot, scale, ticks,
            "availability (above) and the downtime per year that it means (below)", Canvas.Width);
        for (int i = 0; i < data.Rows.Count; i++)
        {
            DrawRow(data.Rows[i], rows.Centre(i), Math.Min(9, rows.RowHeight * 0.3), rows.Plot, scale);
        }
        string description = string.Join(" ",
            data.Rows.Select(r => $"{r.Service}: {Downtime(r)} down per year{Verdict(r, ", objective ")}."));
        return _svg.Build(Canvas.Width, rows.Plot.Bottom + Axis.RoomWithSubLabels + 4, data.Heading.Title, description);
    }

    private void DrawRow(AvailabilityRow row, double y, double half, Area plot, Scale scale)
    {
        double worst = scale.Within(Clamp(row.High));
        double open = row.IsBoundOnly ? Math.Min(worst + ArrowLength, plot.Right) : plot.Right;
        double best = row.Low > 0 ? scale.Within(Clamp(row.Low)) : open;
        _svg.Line(worst, y, best, y, "whisker");
        _svg.Line(worst, y - half * 0.7, worst, y + half * 0.7, "whisker");
        if (row.Low > 0)
        {
            _svg.Line(best, y - half * 0.7, best, y + half * 0.7, "whisker");
        }
        else
        {
            Arrow(best, y);
        }
        if (row.Objective is { } objective)
        {
            double x = scale.Within(Clamp(objective));
            _svg.Line(x, y - half * 1.3, x, y + half * 1.3, "goal");
        }
        if (!row.IsBoundOnly)
        {
            _svg.Circle(scale.Within(Clamp(row.Unavailability!.Value)), y, 5.2, "dot");
        }
    }

    private void Arrow(double tip, double y) =>
        _svg.Polyline("whisker", (tip - 7, y - 5), (tip, y), (tip - 7, y + 5));

    private Scale ChooseScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        List<double> seen = [.. data.Rows
            .SelectMany(r => new[] { r.Unavailability, r.Low, r.High, r.Objective })
            .Where(u => u > 0)
            .Select(u => Clamp(u!.Value))];
        double best = seen.DefaultIfEmpty(Best).Min();
        double worst = seen.DefaultIfEmpty(1).Max();
        if (best >= LinearFrom)
        {
            double pad = Math.Max(0.01, 0.06 * (worst - best));
            (worst, best) = (Math.Min(1, worst + pad), Math.Max(0, best - pad));
            ticks = NinesTicks.Linear(best, worst);
            return Scale.Linear(worst, best, plot.Left, plot.Right);
        }
        double nines = Math.Max(0.3, Math.Log10(worst / best));
        // Bounds need room for their arrows.
        double beyond = data.Rows.Any(r => r.Low <= 0) ? 0.14 : 0.05;
        worst = Math.Min(1, worst * Math.Pow(10, 0.05 * nines));
        best *= Math.Pow(10, -beyond * nines);
        ticks = NinesTicks.Nines(best, worst);
        return Scale.Nines(worst, best, plot.Left, plot.Right);
    }

    private List<Column> Columns()
    {
        List<Column> columns = [new Column("downtime per year", [.. data.Rows.Select(Downtime)])];
        if (data.Rows.Any(r => r.Objective is not null))
        {
            columns.Add(new Column("objective", [.. data.Rows.Select(r => Verdict(r, ""))]));
        }
        return columns;
    }

    private List<LegendEntry> Signs()
    {
        List<LegendEntry> signs =
        [
            new($"estimate and {_interval}", 34, (x, y) =>
            {
                _svg.Line(x - 16, y, x + 16, y, "whisker");
                _svg.Line(x - 16, y - 5, x - 16, y + 5, "whisker");
                _svg.Line(x + 16, y - 5, x + 16, y + 5, "whisker");
                _svg.Circle(x, y, 5.2, "dot");
            }),
        ];
        if (data.Rows.Any(r => r.IsBoundOnly))
        {
            signs.Add(new("no outage seen: at least this good", 34, (x, y) =>
            {
                _svg.Line(x - 16, y, x + 16, y, "whisker");
                _svg.Line(x - 16, y - 5, x - 16, y + 5, "whisker");
                Arrow(x + 16, y);
            }));
        }
        if (data.Rows.Any(r => r.Objective is not null))
        {
            signs.Add(new("objective", 6, (x, y) => _svg.Line(x, y - 8, x, y + 8, "goal")));
        }
        return signs;
    }

    private static string Downtime(AvailabilityRow row) => row.IsBoundOnly || double.IsNaN(row.High) || double.IsNaN(row.Low)
        ? $"< {PerYear(row.High)}, none seen"
        : Text.HumanUnits.Duration(
            row.Unavailability!.Value * HumanTime.Year, row.Low * HumanTime.Year, Math.Min(1, row.High) * HumanTime.Year);

    private static string Verdict(AvailabilityRow row, string prefix) =>
        row.Objective is { } objective ? $"{prefix}{NinesTicks.Percent(Clamp(objective))} {row.Verdict}" : "";

    private static string PerYear(double unavailability) =>
        HumanTime.Rounded((double.IsNaN(unavailability) ? 1 : Math.Clamp(unavailability, 0, 1)) * HumanTime.Year);

    // A bound that says nothing is the whole of time.
    private static double Clamp(double unavailability) =>
        double.IsNaN(unavailability) ? 1 : Math.Clamp(unavailability, Best, 1);
}
