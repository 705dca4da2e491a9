using System.Reflection;
using FailoverSim.Library;
using FailoverSim.Reporting.Figures;
using Xunit;

namespace FailoverSim.Tests.Library;

/// <summary>What people see of values: text on a terminal, HTML in a notebook.</summary>
public sealed class ShownTests
{
    private static readonly Table Two = Table.Of(new[]
    {
        new { FirstName = "a<b", Minutes = 12.3456, Count = (long?)null },
        new { FirstName = "longer", Minutes = 0.5, Count = (long?)7 },
    });

    [Fact]
    public void A_table_is_aligned_text()
    {
        string[] lines = Two.ToString().Split('\n');
        Assert.Equal(["first name  minutes  count", "──────────  ───────  ─────", "a<b           12.35", "longer          0.5      7"], lines);
    }

    [Fact]
    public void A_table_is_html_that_nothing_breaks_out_of()
    {
        Assert.Contains("a&lt;b", Two.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("a<b", Two.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(6, Two.ToHtml().Split("<td").Length - 1);
    }

    /// <summary>.NET Interactive finds formatters by these names and no other, and has no type of ours to go by.</summary>
    [Theory]
    [InlineData(typeof(Table))]
    [InlineData(typeof(Figure))]
    public void A_notebook_finds_how_a_type_is_shown(Type type)
    {
        object attribute = Assert.Single(type.GetCustomAttributes(), attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        Type source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), null)!;
        object formatter = Assert.Single(formatters);
        Assert.Equal("text/html", formatter.GetType().GetProperty("MimeType")!.GetValue(formatter));
        object shown = type == typeof(Table) ? Two : new Figure("a", "A", "<svg/>", new FigureTable([], []));
        using StringWriter html = new();
        Assert.True((bool)formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!.Invoke(formatter, [shown, html])!);
        Assert.Equal(type == typeof(Table) ? Two.ToHtml() : "<svg/>", html.ToString());
    }
}
