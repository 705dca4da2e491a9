using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Text;
using Xunit;

namespace FailoverSim.Tests.Figures;

public sealed class FigureTableTests
{
    private static readonly SvgFigureRenderer Renderer = new();

    [Fact]
    public void Every_table_has_a_cell_for_each_head_and_numbers_for_people()
    {
        foreach ((string name, IFigureData data) in FigureSamples.Data())
        {
            FigureTable table = data.ToTable();
            Assert.All(table.Heads, head => Assert.NotEmpty(head));
            Assert.All(table.Rows, row => Assert.Equal(table.Heads.Count, row.Count));
            Assert.All(table.Rows.SelectMany(row => row), cell => Assert.False(Regex.IsMatch(cell, @"NaN|Infinity|^-"), $"{name}: {cell}"));
        }
    }

    [Fact]
    public void A_figure_of_anything_has_a_table_of_something()
    {
        foreach ((string name, IFigureData data) in FigureSamples.Data().Where(sample => !sample.Name.EndsWith("-none", StringComparison.Ordinal)))
        {
            bool isEmpty = XDocument.Parse(data.DrawnBy(Renderer)).Descendants(TextBox.Svg + "rect").Count() < 3 && data.ToTable().Rows.Count == 0;
            Assert.True(isEmpty || data.ToTable().Rows.Count > 0, name);
        }
    }

    [Fact]
    public void Long_tables_are_cut_and_say_so()
    {
        FigureTable table = FigureTable.Of(["a", "b"], Enumerable.Range(0, FigureTable.MostRows + 1234).Select(i => (IReadOnlyList<string>)[$"{i}", "x"]));
        Assert.Equal(FigureTable.MostRows + 1, table.Rows.Count);
        Assert.Equal($"{FigureTable.MostRows - 1}", table.Rows[^2][0]);
        Assert.Equal([$"and {HumanUnits.Count(1234)} more rows", ""], table.Rows[^1]);
        Assert.Equal(FigureTable.MostRows, FigureTable.Of(["a"], Enumerable.Repeat<IReadOnlyList<string>>(["x"], FigureTable.MostRows)).Rows.Count);
    }

    /// <summary>What stands in the columns beside a plot stands in the table too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void Numbers_that_are_written_in_a_figure_are_those_of_its_table(int n)
    {
        AssertWritten(FigureSamples.Waterfall(n), "mean time", "stage");
        AssertWritten(FigureSamples.Forest(n, 1), "nines gained", "verdict");
        AssertWritten(FigureSamples.Tornado(n), "swing per year");
        AssertWritten(FigureSamples.Yearly(n), "mean", "median", "95th percentile");
        AssertWritten(FigureSamples.Workloads(n), "median", "worst");
        AssertWritten(FigureSamples.Sweep(n, 1, i => 5.0 * (i + 1)), FigureSamples.Sweep(1, 1, i => 1).Parameter);
    }

    [Fact]
    public void Shares_of_a_Pareto_sum_to_all_and_its_minutes_to_the_total()
    {
        ParetoData data = new(new FigureHeading("p", "P"), [("a", 61.5), ("b", 30.25), ("c", 8.25)]);
        FigureTable table = data.ToTable();
        Assert.Equal(data.Causes.Sum(cause => cause.Minutes), Column(table, "down time [min a year]").Sum(Number), 0.2);
        Assert.Equal(100, Column(table, "share [%]").Sum(Number), 0.2);
        Assert.Equal("100", Column(table, "of it and all above [%]").Last());
    }

    [Fact]
    public void Availability_keeps_the_digits_that_matter()
    {
        FigureTable table = new AvailabilityData(new FigureHeading("a", "A"),
            [new("api", 1.23456e-7, 1e-7, 2e-7, 1e-6), new("never", null, 0, 1e-3)]).ToTable();
        Assert.Equal(["99.9999877", "> 99.9"], Column(table, "availability [%]"));
        Assert.Equal(["met", ""], Column(table, "objective is"));
    }

    [Fact]
    public void Windows_over_budget_are_as_many_in_the_picture_as_in_the_table()
    {
        SloWindowsData data = FigureSamples.SloWindows(9);
        int drawn = XDocument.Parse(data.DrawnBy(Renderer)).Descendants(TextBox.Svg + "rect")
            .Count(rect => rect.Attribute("class")?.Value is "outage" or "ink");
        const int InLegend = 2;
        Assert.Equal(drawn - InLegend, Column(data.ToTable(), "that used more than all").Sum(Number));
    }

    private static void AssertWritten(IFigureData data, params string[] columns)
    {
        HashSet<string> written = [.. TextBox.In(XDocument.Parse(data.DrawnBy(Renderer))).Select(box => box.Text)];
        FigureTable table = data.ToTable();
        Assert.NotEmpty(table.Rows);
        foreach (string column in columns)
        {
            Assert.All(Column(table, column), cell => Assert.True(written.Contains(cell) || cell == "", $"{data.Heading.Id}, {column}: {cell}"));
        }
    }

    private static IEnumerable<string> Column(FigureTable table, string head)
    {
        int index = table.Heads.ToList().IndexOf(head);
        Assert.True(index >= 0, head);
        return table.Rows.Select(row => row[index]);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
