using System.CommandLine;
using System.CommandLine.Completions;
using FailoverSim.Scenario.Output;

namespace FailoverSim.Cli.Commands;

/// <summary><c>defaults</c>: the timers that apply where a scenario says nothing, with their sources.</summary>
internal static class DefaultsCommand
{
    public static Command Create()
    {
        Argument<string?> component = new("component")
        {
            Description = "A component, such as etcd or vip; all of them without",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> version = new("--version")
        {
            Description = "Version of Kubernetes, or of the component's product: v1.33, etcd/v3.5",
        };
        component.CompletionSources.Add(_ => DefaultsTable.Components.Select(name => new CompletionItem(name)));
        version.CompletionSources.Add(_ => DefaultsTable.Versions.Select(name => new CompletionItem(name)));
        Command command = new("defaults", "Prints the default of every timer of the components, with its source") { component, version };
        command.SetAction(parsed => Print(parsed.GetValue(component), parsed.GetValue(version)));
        return command;
    }

    private static int Print(string? component, string? version)
    {
        if (!DefaultsTable.TryWrite(component, version, out string text))
        {
            Console.Error.WriteLine($"failoversim: {text}");
            return ExitCode.Invalid;
        }
        Console.Write(text);
        return ExitCode.Fine;
    }
}
