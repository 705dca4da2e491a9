using Spectre.Console;

namespace FailoverSim.Cli;

/// <summary>Where tables are printed.</summary>
internal static class Terminal
{
    public static IAnsiConsole Of(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (ReferenceEquals(writer, Console.Error) ? Console.IsErrorRedirected : Console.IsOutputRedirected)
        {
            // A log has no width of its own; wrapped tables are harder to read than long lines.
            console.Profile.Width = 220;
        }
        return console;
    }
}
