using FailoverSim.Reporting.Notebooks;

namespace FailoverSim.Reporting.Figures;

/// <summary>What a figure shows. Any kind of it can be drawn and told in a table.</summary>
public interface IFigureData
{
    FigureHeading Heading { get; }

    string DrawnBy(IFigureRenderer renderer);

    FigureTable ToTable();
}

/// <summary>A figure with its data, ready for a file or a page.</summary>
/// <param name="Name">Unique within a study; the name of its file without an ending.</param>
/// <param name="Title">What it says.</param>
/// <param name="Svg">A whole SVG document, which may also stand within HTML.</param>
/// <param name="Table">The same in numbers.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record Figure(string Name, string Title, string Svg, FigureTable Table) : IHtml
{
    public string ToHtml() => Svg;

    public static Figure Of(IFigureData data, IFigureRenderer renderer)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new Figure(data.Heading.Id, data.Heading.Title, data.DrawnBy(renderer), data.ToTable());
    }
}
