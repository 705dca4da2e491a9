using FailoverSim.Reporting.Figures;

namespace FailoverSim.Reporting.Report;

/// <summary>Tables with a caption, scopes, and a frame of their own that scrolls where the page is narrow.</summary>
internal static class PageTable
{
    /// <param name="caption">What the table shows; also the name of its frame.</param>
    /// <param name="heads">One per column.</param>
    /// <param name="rows">As many cells each; the first one names the row.</param>
    /// <param name="sorts">Whether another order makes sense.</param>
    public static Markup Of(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, bool sorts = true)
    {
        FigureTable table = FigureTable.Of(heads, rows);
        return table.Rows.Count == 0 ? Markup.Nothing : Frame(caption, Markup.Of(sorts ? "table.sorts" : "table",
            Markup.Of("caption", caption),
            Markup.Of("thead", Markup.Of("tr", table.Heads.Select(head => Markup.Of("th", [("scope", "col")], head)))),
            Markup.Of("tbody", table.Rows.Select(Row))));
    }

    /// <summary>Scrolls by itself, also with the arrow keys.</summary>
    public static Markup Frame(string name, Markup content) =>
        Markup.Of("div.frame", [("tabindex", "0"), ("role", "region"), ("aria-label", name)], content);

    /// <summary>What is there for those who ask.</summary>
    public static Markup Folded(string summary, params IEnumerable<Markup> content) => Folded("details", summary, content);

    /// <summary>The same, and left out on paper.</summary>
    public static Markup FoldedData(string summary, params IEnumerable<Markup> content) => Folded("details.data", summary, content);

    private static Markup Folded(string tag, string summary, IEnumerable<Markup> content)
    {
        Markup all = Markup.All(content);
        return all.IsNothing ? Markup.Nothing : Markup.Of(tag, Markup.Of("summary", summary), all);
    }

    public static Markup List(IEnumerable<string> entries)
    {
        Markup[] items = [.. entries.Select(entry => Markup.Of("li", entry))];
        return items.Length == 0 ? Markup.Nothing : Markup.Of("ul", items);
    }

    private static Markup Row(IReadOnlyList<string> cells) => Markup.Of("tr", cells.Select((cell, column) =>
        column == 0 ? Markup.Of("th", [("scope", "row")], WholeNumbers.Of(cell)) : Markup.Of("td", WholeNumbers.Of(cell))));
}
