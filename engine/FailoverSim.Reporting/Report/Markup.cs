using System.Text;

namespace FailoverSim.Reporting.Report;

/// <summary>
/// A piece of HTML that also reads as XML. Text becomes markup by escaping alone, and elements are made of markup: what a scenario
/// says cannot become a tag, whoever forgets about it. It becomes one text at the end only: the text of a page is long, and its
/// elements are nested.
/// </summary>
internal sealed class Markup
{
    private static readonly HashSet<string> Void = ["br", "meta"];

    private readonly string _opening;
    private readonly Markup[] _content;
    private readonly string _closing;

    private Markup(string opening, Markup[]? content = null, string closing = "")
    {
        _opening = opening;
        _content = content ?? [];
        _closing = closing;
    }

    public static Markup Nothing { get; } = new("");

    public bool IsNothing => _opening.Length == 0 && Array.TrueForAll(_content, part => part.IsNothing);

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
        return Void.Contains(parts[0])
            ? new(html.Append("/>").ToString())
            : new(html.Append('>').ToString(), [.. content], $"</{parts[0]}>");
    }

    /// <summary>One after the other.</summary>
    public static Markup All(params IEnumerable<Markup> parts) => new("", [.. parts]);

    public override string ToString()
    {
        StringBuilder html = new();
        AppendTo(html);
        return html.ToString();
    }

    private void AppendTo(StringBuilder html)
    {
        html.Append(_opening);
        foreach (Markup part in _content)
        {
            part.AppendTo(html);
        }
        html.Append(_closing);
    }

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
                _ when rune.IsBmp => escaped.Append((char)rune.Value),
                _ => escaped.Append(rune.ToString()),
            };
        }
        return escaped.ToString();
    }
}
