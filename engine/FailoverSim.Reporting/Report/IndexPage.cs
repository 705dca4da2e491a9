using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Report;

/// <summary><c>index.html</c> beside the folders of several scenarios: all of their services, and where to read on.</summary>
public static class IndexPage
{
    private const string Title = "Scenarios";

    /// <summary>Links to what may be read without another program.</summary>
    private static readonly (string Text, string File)[] Files = [("report", ResultFolder.ReportFile), ("summary", "summary.md"), ("plots", "plots/")];

    /// <param name="folder">In which each scenario has a folder of its own.</param>
    /// <param name="rows">Of all scenarios.</param>
    /// <param name="engineVersion">Version to be told.</param>
    public static void Write(string folder, IReadOnlyList<OverviewRow> rows, string engineVersion) =>
        AtomicFile.WriteText(Path.Combine(folder, "index.html"), text => text.Write(Of(rows, engineVersion)));

    /// <inheritdoc cref="Write"/>
    public static string Of(IReadOnlyList<OverviewRow> rows, string engineVersion)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int scenarios = rows.Select(row => row.Scenario).Distinct().Count();
        Markup table = Markup.Of("table.sorts",
            Markup.Of("caption", "All services of all scenarios, as written"),
            Markup.Of("thead", Markup.Of("tr", OverviewRow.Heads.Append("read on").Select(head => Markup.Of("th", [("scope", "col")], head)))),
            Markup.Of("tbody", rows.Select(Row)));
        return ReportPage.Whole(Title, Markup.All(
            Markup.Of("header",
                Markup.Of("h1", Title),
                Markup.Of("p", $"{HumanUnits.Count(scenarios)} scenarios, simulated by FailoverSim")),
            Markup.Of("main", [("id", "main"), ("tabindex", "-1")], PageTable.Frame("All services", table)),
            Markup.Of("footer", Markup.Of("p", $"FailoverSim {engineVersion}. Intervals hold at {HumanUnits.Percent(Analysis.Estimates.Summary.DefaultLevel)}."))));
    }

    private static Markup Row(OverviewRow row) => Markup.Of("tr",
    [
        .. row.Cells.Select((cell, column) => column == 0 ? Markup.Of("th", [("scope", "row")], cell) : Markup.Of("td", cell)),
        Markup.Of("td", row.HasResults ? Files.SelectMany(file => Link(row.Scenario, file.Text, file.File)) : []),
    ]);

    private static IEnumerable<Markup> Link(string scenario, string text, string file) =>
        [Markup.Of("a", [("href", $"{scenario}/{file}")], text), " "];
}
