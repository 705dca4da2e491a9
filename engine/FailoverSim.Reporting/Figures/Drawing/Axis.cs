namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>The rectangle in which data are drawn.</summary>
internal readonly record struct Area(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;
    public double Height => Bottom - Top;
}

/// <summary>Draws the grid, the labels and the title of an axis, leaving out labels that would touch.</summary>
internal static class Axis
{
    /// <summary>Room below the area for labels and title.</summary>
    public const double Room = 46;

    /// <summary>Room below the area when the labels have a second line.</summary>
    public const double RoomWithSubLabels = 62;

    private const double Gap = 12;
    private const double LabelHeight = 13;
    private const int MaxMinor = 42;

    /// <remarks><c>canvas</c>: width of the whole picture: labels at the ends stay within it.</remarks>
    public static void Horizontal(SvgBuilder svg, Area area, Scale scale, IReadOnlyList<Tick> ticks, string title,
        double canvas)
    {
        // Fine lines help as long as they are fewer than the eye can count; then they are a grey wash.
        bool isFine = ticks.Count(t => t.Label is null) <= MaxMinor;
        foreach (Tick tick in ticks.Where(t => t.Label is not null || isFine).OrderByDescending(t => t.Label is null))
        {
            double x = scale.Map(tick.Value);
            svg.Line(x, area.Top, x, area.Bottom, tick.Label is null ? "minor" : "grid");
        }
        foreach ((Tick tick, double centre) in Legible(ticks, scale, canvas))
        {
            double x = scale.Map(tick.Value);
            svg.Line(x, area.Bottom, x, area.Bottom + 4, "axis");
            svg.Text(centre, area.Bottom + 17, tick.Label!, TextStyle.Tick);
            if (tick.SubLabel is not null)
            {
                svg.Text(centre, area.Bottom + 31, tick.SubLabel, TextStyle.SubTick);
            }
        }
        svg.Line(area.Left, area.Bottom, area.Right, area.Bottom, "axis");
        double drop = ticks.Any(t => t.SubLabel is not null) ? RoomWithSubLabels : Room;
        double half = TextStyle.AxisTitle.WidthOf(title) / 2;
        double middle = Math.Clamp((area.Left + area.Right) / 2, half + 8, Math.Max(half + 8, canvas - half - 8));
        svg.Text(middle, area.Bottom + drop - 10, title, TextStyle.AxisTitle);
    }

    /// <summary>Grid and labels with the labels on top, where the space below belongs to another panel.</summary>
    public static void Above(SvgBuilder svg, Area area, Scale scale, IReadOnlyList<Tick> ticks, double canvas)
    {
        foreach ((Tick tick, double centre) in Legible(ticks, scale, canvas))
        {
            double x = scale.Map(tick.Value);
            svg.Line(x, area.Top - 4, x, area.Bottom, "grid");
            svg.Text(centre, area.Top - 8, tick.Label!, TextStyle.Tick);
        }
    }

    /// <remarks><c>titleRoom</c>: how far left of the area the title stands, beyond the labels.</remarks>
    public static void Vertical(SvgBuilder svg, Area area, Scale scale, IReadOnlyList<Tick> ticks, string title, double titleRoom = 50)
    {
        foreach (Tick tick in ticks)
        {
            double y = scale.Map(tick.Value);
            svg.Line(area.Left, y, area.Right, y, tick.Label is null ? "minor" : "grid");
        }
        Tick[] labelled = [.. ticks.Where(t => t.Label is not null).OrderBy(t => t.Value)];
        int stride = labelled.Length < 2 ? 1
            : (int)Math.Ceiling(LabelHeight / labelled.Zip(labelled.Skip(1)).Min(p => Math.Abs(scale.Map(p.First.Value) - scale.Map(p.Second.Value))));
        foreach (Tick tick in labelled.Where((_, i) => i % Math.Max(1, stride) == 0))
        {
            svg.Text(area.Left - 8, scale.Map(tick.Value) + 4, tick.Label!, TextStyle.Tick with { Anchor = Anchor.End });
        }
        svg.Line(area.Left, area.Top, area.Left, area.Bottom, "axis");
        svg.Text(area.Left - titleRoom, (area.Top + area.Bottom) / 2, title, TextStyle.AxisTitle with { Turned = true });
    }

    /// <summary>
    /// Every label, or every second, third … one: the densest choice in which no two touch.
    /// Strides keep the rhythm that makes a logarithmic axis legible.
    /// </summary>
    private static List<(Tick Tick, double Centre)> Legible(IReadOnlyList<Tick> ticks, Scale scale, double canvas)
    {
        List<Tick> labelled = [.. ticks.Where(t => t.Label is not null).OrderBy(t => scale.Map(t.Value))];
        for (int stride = 1; stride < labelled.Count; stride++)
        {
            List<(Tick Tick, double Centre)> chosen = [.. labelled.Where((_, i) => i % stride == 0).Select(Placed)];
            if (chosen.Zip(chosen.Skip(1))
                .All(p => p.First.Centre + Half(p.First.Tick) + Gap <= p.Second.Centre - Half(p.Second.Tick)))
            {
                return chosen;
            }
        }
        return [.. labelled.Take(1).Select(Placed)];

        (Tick, double) Placed(Tick tick) =>
            (tick, Math.Clamp(scale.Map(tick.Value), Half(tick) + 6, canvas - Half(tick) - 6));
    }

    private static double Half(Tick tick) =>
        Math.Max(TextStyle.Tick.WidthOf(tick.Label ?? ""), TextStyle.SubTick.WidthOf(tick.SubLabel ?? "")) / 2;
}
