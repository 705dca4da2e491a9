using System.Text;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Output;

/// <summary>Values as YAML that reads back to the same text.</summary>
internal static partial class YamlText
{
    /// <summary>A scalar: plain where that is safe everywhere, else in double quotes.</summary>
    public static string Scalar(string text)
    {
        bool safe = Plain().IsMatch(text) && !text.Contains(": ", StringComparison.Ordinal)
            && text[^1] is not (':' or ' ')
            && text is not ("null" or "Null" or "NULL");
        return safe ? text : Quoted(text);
    }

    /// <summary>Any node on one line.</summary>
    public static string Flow(YamlNode node) => node switch
    {
        YamlScalar scalar => Scalar(scalar.Text),
        YamlBroken => "?",
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Flow))}]",
        YamlMapping mapping =>
            $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Scalar(entry.Key.Text)}: {Flow(entry.Value)}"))}}}",
        _ => throw new InvalidOperationException("A node has three forms."),
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./(][A-Za-z0-9_./() %<>=+:*-]*\z")]
    private static partial Regex Plain();
}
