namespace FailoverSim.Scenario.Diagnostics;

/// <summary>Texts of files in messages: they may hold characters that would move the cursor of a terminal, or hide what follows.</summary>
public static class Printable
{
    private const char Instead = '\uFFFD';

    /// <summary>One line.</summary>
    public static string Line(string text) => Of(text, keepsLines: false);

    /// <summary>Lines as they are.</summary>
    public static string Lines(string text) => Of(text, keepsLines: true);

    private static string Of(string text, bool keepsLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(Moves) ? string.Concat(text.Select(c => Moves(c) ? Instead : c)) : text;

        bool Moves(char c) => (char.IsControl(c) && !(keepsLines && c == '\n')) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
    }
}
