using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FailoverSim.Cli.Commands;

/// <summary>How to simulate and where to put what comes of it.</summary>
/// <param name="Out">Folder in which each study gets its own.</param>
/// <param name="Replications">In place of what the scenario says.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Sets">Replacements <c>path=value</c>, the seed's included.</param>
internal sealed record StudyOptions(DirectoryInfo Out, long? Replications, int Threads, IReadOnlyList<string> Sets)
{
    /// <summary>The options of a command that simulates.</summary>
    public sealed class Set
    {
        private readonly Option<DirectoryInfo> _output = new("--out")
        {
            Description = "Folder for the results; each scenario gets its own inside",
            DefaultValueFactory = _ => new DirectoryInfo("results"),
        };

        private readonly Option<long?> _replications =
            new("--replications") { Description = "Run exactly so many, in place of what the scenario says" };

        private readonly Option<ulong?> _seed = new("--seed") { Description = "Seed of all randomness, in place of the scenario's" };

        private readonly Option<int> _threads = new("--threads")
        {
            Description = "Worker threads; the results do not depend on it",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };

        private readonly Option<string[]> _sets = Options.Sets();

        public Set()
        {
            _replications.Validators.Add(r => Require(r, r.GetValueOrDefault<long?>() is null or > 0, "--replications must be at least 1"));
            _threads.Validators.Add(r => Require(r, r.GetValueOrDefault<int>() is > 0 and <= 1024, "--threads must be from 1 to 1024"));
        }

        public IEnumerable<Option> All => [_output, _replications, _seed, _threads, _sets];

        public StudyOptions Of(ParseResult parsed) => new(
            parsed.GetValue(_output)!,
            parsed.GetValue(_replications),
            parsed.GetValue(_threads),
            [.. parsed.GetValue(_sets) ?? [], .. SeedAsSet(parsed.GetValue(_seed))]);

        private static void Require(OptionResult result, bool holds, string message)
        {
            if (!holds)
            {
                result.AddError(message);
            }
        }
    }

    /// <summary>The seed as a replacement, or none.</summary>
    public static IEnumerable<string> SeedAsSet(ulong? seed) =>
        seed is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"run.seed={seed}")];
}
