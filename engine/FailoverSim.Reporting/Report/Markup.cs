using System.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>
/// A piece of HTML that also reads as XML. Text becomes markup by escaping alone, and elements are made of markup: what a scenario
/// says cannot become a tag, whoever forgets about it.
/// </summary>
internal sealed class Markup
{
    private static readonly HashSet<string> Void = ["br", "meta"];

    private readonly string _html;

    private Markup(string html) => _html = html;

    public static Markup Nothing { get; } = new("");

    /// <summary>Text, escaped.</summary>
    public static implicit operator Markup(string text) => new(Escape(text));

    /// <summary>Markup that we have made ourselves: a drawing, a style sheet. Never anything that a user has written.</summary>
    public static Markup Own(string html) => new(html);

    /// <param name="tag">Name of the element, with its classes: <c>p.lead</c>.</param>
    /// <param name="content">What is in it.</param>
    public static Markup Of(string tag, params IEnumerable<Markup> content) => Of(tag, [], content);

    /// <param name="tag">Name of the element, with its classes: <c>p.lead</c>.</param>
    /// <param name="attributes">Their values are escaped.</param>
    /// <param name="content">What is in it.</param>
    public static Markup Of(string tag, IEnumerable<(string Name, string Value)> attributes, params IEnumerable<Markup> content)
    {
        string[] parts = tag.Split('.');
        StringBuilder html = new();
        html.Append('<').Append(parts[0]);
        if (parts.Length > 1)
        {
            html.Append(" class=\"").AppendJoin(' ', parts[1..]).Append('"');
        }
        foreach ((string name, string value) in attributes)
        {
            html.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }
        return new(Void.Contains(parts[0])
            ? html.Append("/>").ToString()
            : html.Append('>').AppendJoin("", content).Append("</").Append(parts[0]).Append('>').ToString());
    }

    /// <summary>One after the other.</summary>
    public static Markup All(params IEnumerable<Markup> parts) => new(string.Concat(parts));

    public override string ToString() => _html;

    /// <summary>Characters that XML 1.0 cannot carry are left out.</summary>
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < ' ' or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped,
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }
}
