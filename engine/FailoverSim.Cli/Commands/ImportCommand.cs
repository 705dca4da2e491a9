using System.CommandLine;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Importing;

namespace FailoverSim.Cli.Commands;

/// <summary><c>import</c>: a scenario from dumps and configurations of a cluster.</summary>
internal static class ImportCommand
{
    /// <summary>Findings beyond that say nothing new of a broken dump.</summary>
    private const int MostFindings = 100;

    public static Command Create()
    {
        Argument<string[]> dumps = new("dump")
        {
            Description = "Dumps of kubectl, configurations of kubeadm, manifests of static pods, haproxy.cfg, keepalived.conf, or folders of them; "
                + "- is the standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<FileInfo?> output = new("--out") { Description = "File for the scenario, in place of the standard output" };
        Option<bool> anonymize = new("--anonymize") { Description = "Scrubs names: node-1, zone-2, workload-3" };
        Command command = new("import", "Makes a scenario of what a cluster and its configurations say") { dumps, output, anonymize };
        command.SetAction(parsed => Import(parsed.GetValue(dumps)!, parsed.GetValue(output), parsed.GetValue(anonymize)));
        return command;
    }

    private static int Import(string[] paths, FileInfo? output, bool isAnonymous)
    {
        List<DumpFile> piped = [.. paths.Where(path => path == "-").Take(1).Select(_ => new DumpFile("stdin", StandardInput()))];
        ImportResult result = ClusterImport.Read(paths.Where(path => path != "-"), piped, isAnonymous);
        foreach (Diagnostic finding in result.Diagnostics.Take(MostFindings))
        {
            Console.Error.WriteLine(finding);
        }
        if (result.Diagnostics.Count > MostFindings)
        {
            Console.Error.WriteLine($"failoversim: and {result.Diagnostics.Count - MostFindings} more.");
        }
        if (result.Scenario is not { } scenario)
        {
            return ExitCode.Invalid;
        }
        Console.Error.WriteLine("Assumed, as no dump says it:");
        foreach (string assumption in result.Assumed)
        {
            Console.Error.WriteLine($"  - {assumption}");
        }
        if (result.Unused.Count > 0)
        {
            Console.Error.WriteLine("Seen and not used:");
        }
        foreach ((string kind, int count) in result.Unused)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"  - {count} × {kind}"));
        }
        if (output is null)
        {
            Console.Write(scenario);
        }
        else
        {
            AtomicFile.WriteText(output.FullName, text => text.Write(scenario));
        }
        return ExitCode.Fine;
    }

    private static byte[] StandardInput()
    {
        using Stream stream = Console.OpenStandardInput();
        return DumpFile.Read(stream);
    }
}
