using System.CommandLine;
using FailoverSim.Kernel;

namespace FailoverSim.Cli;

/// <summary>Parses, runs, and turns whatever goes wrong into a message and an exit code.</summary>
internal static class CommandLine
{
    public static int Invoke(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"failoversim: {error.Message}");
            }
            Console.Error.WriteLine("Try 'failoversim --help'.");
            return ExitCode.Invalid;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception failure) when (IsOutOfMemory(failure))
        {
            Console.Error.WriteLine("failoversim: there is not enough memory; run fewer replications, with fewer --threads, or on a larger machine (what was finished is kept)");
            return ExitCode.InternalError;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"failoversim: reading or writing failed: {failure.Message}");
            return ExitCode.InternalError;
        }
        catch (InvariantViolationException failure)
        {
            Console.Error.WriteLine($"failoversim: a rule of the model was broken, which is a defect of the program: {failure.Message}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>In any of the threads.</summary>
    private static bool IsOutOfMemory(Exception failure) => failure is OutOfMemoryException
        || (failure is AggregateException several && several.InnerExceptions.Any(IsOutOfMemory));
}
