using System.CommandLine;

namespace FailoverSim.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class AllCommands
{
    public static RootCommand Create()
    {
        RootCommand root = new("How often and how long is each service down, and why? Simulates scenario files and says so with intervals.")
        {
            InitCommand.Create(),
            RunCommand.Create(),
            CompareCommand.Create(),
            CheckCommand.Create(),
            ExpandCommand.Create(),
            ExactCommand.Create(),
            DefaultsCommand.Create(),
            SchemaCommand.Create(),
            FitCommand.Create(),
            ReplayCommand.Create(),
            ExplainCommand.Create(),
            ImportCommand.Create(),
            ReportCommand.Create(),
            MergeCommand.Create(),
            PlanCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        Examples.AddTo(root);
        return root;
    }
}
