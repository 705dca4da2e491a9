using System.CommandLine;
using System.CommandLine.Completions;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Templates;

namespace FailoverSim.Cli.Commands;

/// <summary><c>init</c>: a commented scenario to begin with.</summary>
internal static class InitCommand
{
    private const string SchemaFile = "failoversim.schema.json";

    public static Command Create()
    {
        Argument<string?> file = new("file")
        {
            Description = "The file to write; without, it is called like the template; - for standard output",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> template = new("--template") { Description = "Which template; without, all are listed with their questions" };
        Option<bool> force = new("--force") { Description = "Overwrite the file if it is there" };
        Option<bool> schema = new("--schema") { Description = $"Also write {SchemaFile} beside it and name it in the first line, for completion in an editor" };
        template.CompletionSources.Add(_ => ScenarioTemplate.All.Select(known => new CompletionItem(known.Name)));
        Command command = new("init", "Writes a commented scenario to begin with, or lists the templates") { file, template, force, schema };
        command.SetAction(parsed => parsed.GetValue(template) is { } name
            ? Write(name, parsed.GetValue(file), parsed.GetValue(force), parsed.GetValue(schema))
            : List(parsed.GetValue(file)));
        return command;
    }

    private static int List(string? file)
    {
        if (file is not null)
        {
            Console.Error.WriteLine($"failoversim: which template is '{file}' to have? write --template NAME; without a file, init lists them");
            return ExitCode.Invalid;
        }
        int width = ScenarioTemplate.All.Max(template => template.Name.Length);
        foreach (ScenarioTemplate template in ScenarioTemplate.All)
        {
            Console.WriteLine($"{template.Name.PadRight(width)}  {template.Question}");
        }
        Console.Error.WriteLine("\nfailoversim init --template NAME [FILE] writes one.");
        return ExitCode.Fine;
    }

    private static int Write(string name, string? file, bool force, bool schema)
    {
        if (!ScenarioTemplate.TryFind(name, out ScenarioTemplate template, out string complaint))
        {
            Console.Error.WriteLine($"failoversim: {complaint}");
            return ExitCode.Invalid;
        }
        if (file == "-")
        {
            Console.Out.Write(template.Text);
            return ExitCode.Fine;
        }
        string path = file ?? $"{template.Name}.yaml";
        string schemaPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, SchemaFile);
        if (File.Exists(path) && !force)
        {
            Console.Error.WriteLine($"failoversim: '{path}' is there already; name another file, or overwrite it with --force");
            return ExitCode.Invalid;
        }
        string text = template.Named(Path.GetFileNameWithoutExtension(path));
        AtomicFile.WriteText(path, writer => writer.Write(schema ? $"# yaml-language-server: $schema={SchemaFile}\n{text}" : text));
        if (schema)
        {
            // What an earlier version wrote is replaced: it follows the program, not the user.
            AtomicFile.WriteText(schemaPath, writer => writer.Write(JsonSchema.Text()));
        }
        Console.WriteLine($"{path}: {template.Question}");
        Console.WriteLine($"  failoversim check {ShellWord.Quoted(path)}   what is odd about it");
        Console.WriteLine($"  failoversim run {ShellWord.Quoted(path)}     the answer");
        return ExitCode.Fine;
    }
}
