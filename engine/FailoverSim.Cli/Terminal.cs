using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>Where tables are printed.</summary>
internal static class Terminal
{
    public static IAnsiConsole Of(TextWriter writer)
    {
        bool isTerminal = !(ReferenceEquals(writer, Console.Error) ? Console.IsErrorRedirected : Console.IsOutputRedirected);
        bool wantsColours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")); // no-color.org
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && wantsColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
        {
            // A log has no width of its own; wrapped tables are harder to read than long lines.
            console.Profile.Width = 220;
        }
        return console;
    }

    /// <summary>A line below a table; what does not fit goes on in the next, a little farther in.</summary>
    /// <param name="console">Where it is printed.</param>
    /// <param name="text">The line, with the blanks that it begins with.</param>
    /// <param name="colour">Of all of it; null for none.</param>
    public static void WriteSentence(this IAnsiConsole console, string text, string? colour = null)
    {
        if (text.Length <= console.Profile.Width)
        {
            Write(text);
            return;
        }
        string first = new(' ', text.TakeWhile(c => c == ' ').Count()), others = $"{first}  ";
        string line = first;
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > console.Profile.Width)
            {
                Write(line);
                line = others + word;
            }
            else
            {
                line += isEmpty ? word : $" {word}";
            }
            isEmpty = false;
        }
        Write(line);

        void Write(string whole) => console.MarkupLine(colour is null ? Markup.Escape(whole) : $"[{colour}]{Markup.Escape(whole)}[/]");
    }
}
