using System.CommandLine;
using FailoverSim.Kernel;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Cli;

/// <summary>Parses, runs, and turns whatever goes wrong into a message and an exit code.</summary>
internal static class CommandLine
{
    public static int Invoke(RootCommand root, string[] args)
    {
        try
        {
            ParseResult parsed = root.Parse(args);
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"failoversim: {error.Message}");
            }
            if (parsed.Errors.Count == 0)
            {
                return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            }
            Console.Error.WriteLine("Try 'failoversim --help'.");
            return ExitCode.Invalid;
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine($"failoversim: {Told(failure)}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>What has failed, and what to do.</summary>
    internal static string Told(Exception failure) => failure switch
    {
        // Somebody has put it into words already, and said what to do.
        IOException { InnerException: not null } => failure.Message,
        IOException or UnauthorizedAccessException => $"reading or writing failed: {failure.Message}",
        InvariantViolationException => $"a rule of the model was broken, which is a defect of the program: {failure.Message}",
        ClockExceededException => $"{failure.Message}; shorten the horizon, or the longest times",
        _ when IsOutOfMemory(failure) => "there is not enough memory; run fewer replications, with fewer --threads, or on a larger machine (what was finished is kept)",
        _ => $"this is a defect of the program: {failure.GetType().Name}: {Printable.Line(failure.Message).TrimEnd('.')} ({failure.StackTrace?.Split('\n')[0].Trim()}); "
            + "please report it to whoever you have the program from, with this line, the command, its files and 'failoversim --version'",
    };

    /// <summary>In any of the threads.</summary>
    private static bool IsOutOfMemory(Exception failure) => failure is OutOfMemoryException
        || (failure is AggregateException several && several.InnerExceptions.Any(IsOutOfMemory));
}
