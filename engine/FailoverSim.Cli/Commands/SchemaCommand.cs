using System.CommandLine;
using FailoverSim.Scenario.Output;

namespace FailoverSim.Cli.Commands;

/// <summary><c>schema</c>: the JSON Schema of the scenario language, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        Command command = new("schema", "Prints the JSON Schema of the scenario language, for completion and checks in an editor");
        command.SetAction(_ => Console.WriteLine(JsonSchema.Text()));
        return command;
    }
}
