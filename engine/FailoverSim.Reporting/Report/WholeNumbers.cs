using System.Text.RegularExpressions;

namespace FailoverSim.Reporting.Report;

/// <summary>Text in which no line ends within an interval, or between a number and its unit.</summary>
internal static class WholeNumbers
{
    private static Regex Whole { get; } = new(@"\([^()]* – [^()]*\)(?: %)?|\d[\d .]*(?:ns|µs|ms|s|min|h|d|y|%)(?!\w)");

    public static Markup Of(string text)
    {
        List<Markup> parts = [];
        int end = 0;
        foreach (Match match in Whole.Matches(text))
        {
            parts.Add(text[end..match.Index]);
            parts.Add(Markup.Of("span.whole", match.Value));
            end = match.Index + match.Length;
        }
        return Markup.All([.. parts, text[end..]]);
    }
}
