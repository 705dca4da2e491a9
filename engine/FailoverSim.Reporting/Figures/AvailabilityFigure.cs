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

    /// <summary>An interval that goes on further than this ratio from all that is known is cut off there.</summary>
    private const double MostBeyond = 30;

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
            int row = i;
            _svg.Hover(Told(data.Rows[i]), () =>
            {
                _svg.Catch(rows.Plot.Left, rows.Plot.Top + (row * rows.RowHeight), rows.Plot.Width, rows.RowHeight);
                DrawRow(data.Rows[row], rows.Centre(row), Math.Min(9, rows.RowHeight * 0.3), rows.Plot, scale);
            });
        }
        string description = string.Join(" ", data.Rows.Select(r => $"{Told(r)}."));
        return _svg.Build(Canvas.Width, rows.Plot.Bottom + Axis.RoomWithSubLabels + 4, data.Heading.Title, description);
    }

    private void DrawRow(AvailabilityRow row, double y, double half, Area plot, Scale scale)
    {
        double worst = scale.Within(Clamp(row.High));
        double open = row.IsBoundOnly ? Math.Min(worst + ArrowLength, plot.Right) : plot.Right;
        double best = row.Low > 0 ? scale.Within(Clamp(row.Low)) : open;
        _svg.Line(worst, y, best, y, "whisker");
        // A stroke where the interval ends within the axis, an arrow where it goes on.
        End(worst, y, half * 0.7, goesOn: Clamp(row.High) > scale.From, -1);
        End(best, y, half * 0.7, goesOn: row.Low <= 0 || Clamp(row.Low) < scale.To, 1);
        if (row.Objective is { } objective)
        {
            double x = scale.Within(Clamp(objective));
            _svg.Line(x, y - half * 1.3, x, y + half * 1.3, "goal");
        }
        if (row.Exact is { } exact)
        {
            double x = scale.Within(Clamp(exact));
            _svg.Line(x, y - half * 1.3, x, y + half * 1.3, "exact");
        }
        if (!row.IsBoundOnly)
        {
            _svg.Circle(scale.Within(Clamp(row.Unavailability!.Value)), y, 5.2, "dot");
        }
    }

    private void End(double x, double y, double half, bool goesOn, int direction)
    {
        if (goesOn)
        {
            Arrow(x, y, direction);
        }
        else
        {
            _svg.Line(x, y - half, x, y + half, "whisker");
        }
    }

    private void Arrow(double tip, double y, int direction) =>
        _svg.Polyline("whisker", (tip - (7 * direction), y - 5), (tip, y), (tip - (7 * direction), y + 5));

    private Scale ChooseScale(Area plot, out IReadOnlyList<Tick> ticks)
    {
        double[] known =
            [.. data.Rows.SelectMany(r => new[] { r.Unavailability, r.Objective, r.Exact }).Where(u => u > 0).Select(u => Clamp(u!.Value))];
        double[] bounds = [.. data.Rows.Select(r => Clamp(r.High)).DefaultIfEmpty(1)];
        // A bound on what was never seen says how little was simulated: it must not press together what is known.
        double best = known.DefaultIfEmpty(bounds.Min()).Min();
        double worst = known.DefaultIfEmpty(bounds.Max()).Max();
        (double least, double most) = (best / MostBeyond, worst * MostBeyond);
        best = data.Rows.Where(r => r.Low > 0).Select(r => Math.Max(least, Clamp(r.Low))).Append(best).Min();
        worst = Math.Min(1, bounds.Select(u => Math.Min(most, u)).Append(worst).Max());
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
        // Where a bound is cut off, the axis ends there.
        worst = bounds.Any(u => u > worst) ? worst : Math.Min(1, worst * Math.Pow(10, 0.05 * nines));
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
                Arrow(x + 16, y, 1);
            }));
        }
        if (data.Rows.Any(r => r.Objective is not null))
        {
            signs.Add(new("objective", 6, (x, y) => _svg.Line(x, y - 8, x, y + 8, "goal")));
        }
        if (data.Rows.Any(r => r.Exact is not null))
        {
            signs.Add(new("exact, from the Markov chain", 6, (x, y) => _svg.Line(x, y - 8, x, y + 8, "exact")));
        }
        return signs;
    }

    private static string Downtime(AvailabilityRow row) => row.IsBoundOnly || double.IsNaN(row.High) || double.IsNaN(row.Low)
        ? $"< {PerYear(row.High)}, none seen"
        : Text.HumanUnits.Duration(
            row.Unavailability!.Value * HumanTime.Year, row.Low * HumanTime.Year, Math.Min(1, row.High) * HumanTime.Year);

    private static string Verdict(AvailabilityRow row, string prefix) =>
        row.Objective is { } objective ? $"{prefix}{NinesTicks.Percent(Clamp(objective))} {row.Verdict}" : "";

    /// <summary>A row in words.</summary>
    private static string Told(AvailabilityRow row) =>
        $"{row.Service}: {Downtime(row)} down per year{Verdict(row, ", objective ")}{(row.Exact is { } exact ? $", exact {PerYear(exact)}" : "")}";

    private static string PerYear(double unavailability) =>
        HumanTime.Rounded((double.IsNaN(unavailability) ? 1 : Math.Clamp(unavailability, 0, 1)) * HumanTime.Year);

    // A bound that says nothing is the whole of time.
    private static double Clamp(double unavailability) =>
        double.IsNaN(unavailability) ? 1 : Math.Clamp(unavailability, Best, 1);
}
