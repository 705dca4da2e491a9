namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>A table whose middle is a plot: names to the left, columns of numbers to the right, one row per
/// service.</summary>
internal sealed class Rows
{
    private const double Gutter = 16;

    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<Column> _columns;
    private readonly double _nameWidth;

    /// <remarks><c>maxNameWidth</c>: longer names are shortened in the middle and shown in full on hover.</remarks>
    public Rows(IReadOnlyList<string> names, IReadOnlyList<Column> columns, double top, double rowHeight,
        double canvas, double maxNameWidth = 250)
    {
        _names = names;
        _columns = columns;
        RowHeight = rowHeight;
        _nameWidth = Math.Min(maxNameWidth, names.Select(TextStyle.Label.WidthOf).DefaultIfEmpty(0).Max());
        double right = canvas - Header.Margin - columns.Sum(c => c.Width + Gutter);
        Plot = new Area(Header.Margin + _nameWidth + Gutter, top, right, top + names.Count * rowHeight);
    }

    public Area Plot { get; }
    public double RowHeight { get; }

    public double Centre(int row) => Plot.Top + (row + 0.5) * RowHeight;

    public void Draw(SvgBuilder svg)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            string shown = TextWidth.Shorten(_names[i], TextStyle.Label.Size, _nameWidth);
            svg.Text(Header.Margin + _nameWidth, Centre(i) + 4, shown, TextStyle.Label with { Anchor = Anchor.End },
                _names[i]);
            svg.Line(Header.Margin, Plot.Top + i * RowHeight, Plot.Left + Plot.Width, Plot.Top + i * RowHeight,
                "minor");
        }
        double x = Plot.Right + Gutter;
        foreach (Column column in _columns)
        {
            column.Draw(svg, x, Plot.Top, RowHeight);
            x += column.Width + Gutter;
        }
    }

    /// <summary>Roomy for a slide with a few services, tight for a report with forty.</summary>
    public static double HeightFor(int rows, double roomy, double tight) => rows switch
    {
        <= 5 => roomy,
        <= 12 => tight + (roomy - tight) / 2,
        <= 20 => tight + (roomy - tight) / 4,
        _ => tight,
    };
}
