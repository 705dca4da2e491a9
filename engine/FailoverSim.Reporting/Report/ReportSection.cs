namespace FailoverSim.Reporting.Report;

/// <summary>A part of the page with a heading and an entry in the table of contents.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What stands below.</param>
internal sealed record ReportSection(string Id, string Title, Markup Body)
{
    /// <summary>Null where there is nothing to say: a heading alone is not shown.</summary>
    public static ReportSection? Of(string id, string title, params IEnumerable<Markup> body)
    {
        Markup all = Markup.All(body);
        return all.IsNothing ? null : new ReportSection(id, title, all);
    }

    public Markup ToMarkup() => Markup.Of("section", [("id", Id), ("aria-labelledby", $"{Id}-title")],
        Markup.Of("h2", [("id", $"{Id}-title")], Title), Body);
}
