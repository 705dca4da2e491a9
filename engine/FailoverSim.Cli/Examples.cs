using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FailoverSim.Cli;

/// <summary>What the help of each command ends with: commands to copy.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> OfCommands = new(StringComparer.Ordinal)
    {
        ["init"] = ["init", "init --template kubeadm-stacked mine.yaml --schema", "init --template kube-vip -"],
        ["run"] =
        [
            "run mine.yaml", "run mine.yaml --replications 200 --base-only", "run scenarios --out results --junit results/junit.xml",
            "run mine.yaml --set nodes.cp.count=5 --out results/five", "run mine.yaml --replications 100000 --shard 0/8", "run mine.yaml --json --quiet | jq .verdicts",
        ],
        ["compare"] = ["compare mine.yaml", "compare today.yaml planned.yaml --replications 500"],
        ["check"] = ["check mine.yaml", "check scenarios", "check mine.yaml --price --replications 500"],
        ["expand"] = ["expand mine.yaml", "expand mine.yaml --set nodes.cp.count=5"],
        ["exact"] = ["exact mine.yaml", "exact mine.yaml --steady --out results"],
        ["defaults"] = ["defaults", "defaults etcd --version v1.33", "defaults cloud-lb --version cloud-lb/gcp"],
        ["schema"] = ["schema > failoversim.schema.json"],
        ["fit"] = ["fit incidents.csv --from 2023-01-01 --to 2025-01-01 --units cp=3", "fit incidents.csv --out fitted"],
        ["import"] =
        [
            "import dump.yaml --out mine.yaml", "import dump.json /etc/kubernetes/manifests haproxy.cfg keepalived.conf --anonymize --out mine.yaml",
        ],
        ["replay"] = ["replay mine.yaml --replication 12", "replay mine.yaml --replication 12 --trace trace.json"],
        ["explain"] = ["explain mine.yaml --worst 3"],
        ["report"] = ["report results/mine", "report results"],
        ["merge"] = ["merge results/mine-shard-*-of-8", "merge shards --out results"],
        ["plan"] = ["plan mine.yaml", "plan mine.yaml results/mine-shard-*-of-8 --hours 2"],
        ["doctor"] = ["doctor", "doctor --out /data/results"],
        ["completion"] = ["completion bash >> ~/.bashrc", "completion fish > ~/.config/fish/completions/failoversim.fish"],
    };

    /// <summary>The commands that have some.</summary>
    public static IReadOnlyDictionary<string, string[]> All => OfCommands;

    /// <summary>Adds them to the help of all commands.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Action = new WithExamples((HelpAction)help.Action!);
    }

    private sealed class WithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not written the rest yet.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            Command command = parseResult.CommandResult.Command;
            TextWriter writer = parseResult.InvocationConfiguration.Output;
            if (command is RootCommand)
            {
                writer.WriteLine("Begin with: failoversim init. Exit codes: 0 fine, 2 invalid, 3 imprecise, 4 SLO missed, 5 undecided, 6 merge refused, 130 interrupted, 1 internal error.");
            }
            if (OfCommands.TryGetValue(command.Name, out string[]? examples))
            {
                writer.WriteLine("Examples:");
                foreach (string example in examples)
                {
                    writer.WriteLine($"  failoversim {example}");
                }
            }
            return code;
        }
    }
}
