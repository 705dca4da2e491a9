namespace FailoverSim.Reporting.Figures.Drawing;

/// <summary>A column of short texts beside the plot, as wide as its widest text.</summary>
internal sealed class Column
{
    private readonly IReadOnlyList<string> _cells;
    private readonly string _title;

    public Column(string title, IReadOnlyList<string> cells)
    {
        _title = title;
        _cells = cells;
        Width = cells.Select(TextStyle.Note.WidthOf).Append(Heading.WidthOf(title)).Max();
    }

    public double Width { get; }

    private static TextStyle Heading => TextStyle.Note with { Bold = true };

    /// <summary>Draws the title above the first row and one cell per row.</summary>
    public void Draw(SvgBuilder svg, double left, double top, double rowHeight)
    {
        svg.Text(left, top - 8, _title, Heading);
        for (int i = 0; i < _cells.Count; i++)
        {
            svg.Text(left, top + (i + 0.5) * rowHeight + 4, _cells[i], TextStyle.Note with { Colour = "ink" });
        }
    }
}
