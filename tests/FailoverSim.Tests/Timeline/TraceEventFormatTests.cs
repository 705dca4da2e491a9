using System.Text.Json;
using Xunit;

namespace FailoverSim.Tests.Timeline;

/// <summary>The description of the format is of no use if it accepts everything.</summary>
public class TraceEventFormatTests
{
    private const string Names = """
        {"ph":"M","pid":1,"tid":0,"name":"process_name","args":{"name":"p"}},
        {"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"t"}}
        """;

    private const string Begin = """{"ph":"B","pid":1,"tid":1,"ts":1.5,"name":"a"}""";
    private const string End = """{"ph":"E","pid":1,"tid":1,"ts":2.5}""";
    private const string Start = """{"ph":"s","pid":1,"tid":1,"ts":1.5,"name":"f","cat":"c","id":7}""";
    private const string Finish = """{"ph":"f","pid":1,"tid":1,"ts":2,"name":"f","cat":"c","id":7,"bp":"e"}""";

    [Fact]
    public void What_keeps_the_rules_is_accepted() => Assert.Empty(Violations(Begin, End, Start, Finish));

    [Theory]
    [InlineData("""{"pid":1,"tid":1,"ts":1,"name":"a"}""")]
    [InlineData("""{"ph":"B","pid":1,"tid":1,"name":"a"}""")]
    [InlineData("""{"ph":"B","tid":1,"ts":9,"name":"a"}""")]
    [InlineData("""{"ph":"B","pid":1,"tid":1,"ts":9,"name":"a"}""")]
    [InlineData("""{"ph":"E","pid":1,"tid":1,"ts":9}""")]
    [InlineData("""{"ph":"X","pid":1,"tid":1,"ts":9,"name":"a"}""")]
    [InlineData("""{"ph":"X","pid":1,"tid":1,"ts":9,"dur":-1,"name":"a"}""")]
    [InlineData("""{"ph":"X","pid":1,"tid":2,"ts":9,"dur":1,"name":"a"}""")]
    [InlineData("""{"ph":"X","pid":2,"tid":1,"ts":9,"dur":1,"name":"a"}""")]
    [InlineData("""{"ph":"i","pid":1,"tid":1,"ts":9,"name":"a","s":"x"}""")]
    [InlineData("""{"ph":"i","pid":1,"tid":1,"ts":-9,"name":"a","s":"t"}""")]
    [InlineData("""{"ph":"M","pid":1,"tid":0,"name":"process_sort_index","args":{"sort_index":"1"}}""")]
    [InlineData("""{"ph":"M","pid":1,"tid":0,"name":"process_name","args":{"name":"again"}}""")]
    [InlineData("""{"ph":"t","pid":1,"tid":1,"ts":2,"name":"f","cat":"c","id":8}""")]
    [InlineData("""{"ph":"s","pid":1,"tid":1,"ts":2,"name":"f","cat":"c"}""")]
    [InlineData("""{"ph":"f","pid":1,"tid":1,"ts":2,"name":"f","cat":"c","id":7,"bp":"e"}""")]
    public void What_breaks_a_rule_is_found(string more) => Assert.NotEmpty(Violations(Begin, End, Start, Finish, more));

    [Fact]
    public void Slices_nest_and_flows_bind()
    {
        Assert.NotEmpty(Violations(Begin, End, """{"ph":"B","pid":1,"tid":1,"ts":2,"name":"late"}""", """{"ph":"E","pid":1,"tid":1,"ts":3}"""));
        Assert.NotEmpty(Violations(Begin, End, Start, Finish.Replace("\"ts\":2", "\"ts\":3", StringComparison.Ordinal)));
        Assert.NotEmpty(Violations(Begin, End, Start, Finish.Replace("\"ts\":2", "\"ts\":1", StringComparison.Ordinal)));
        Assert.NotEmpty(Violations(Begin, End, Start));
    }

    private static IReadOnlyList<string> Violations(params string[] events)
    {
        using JsonDocument file = JsonDocument.Parse($"{{\"traceEvents\":[{Names},{string.Join(',', events)}]}}");
        return TraceEventFormat.Read(file.RootElement).Violations;
    }
}
