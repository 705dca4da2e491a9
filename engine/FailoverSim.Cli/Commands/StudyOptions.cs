using System.CommandLine;
using System.Globalization;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;

namespace FailoverSim.Cli.Commands;

/// <summary>How to simulate and where to put what comes of it.</summary>
/// <param name="Out">Folder in which each study gets its own.</param>
/// <param name="Replications">In place of what the scenario says.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Sets">Replacements <c>path=value</c>, the seed's included.</param>
/// <param name="IfRemoved">Whether to run again without each of the faults that matter most.</param>
/// <param name="Markdown">A file for what a pull request is to show, <c>-</c> for standard output; null: none.</param>
/// <param name="JUnit">A file for verdicts as a pipeline reads them; null: none.</param>
/// <param name="Quiet">Whether nothing is printed for people but what is wrong.</param>
/// <param name="Json">Whether standard output is a line of JSON for each scenario.</param>
/// <param name="Extend">Whether the replications of finished results of the same run are used.</param>
/// <param name="Restart">Whether what another run has left unfinished in the folder is thrown away.</param>
/// <param name="Shard">Which share is run; null for all.</param>
internal sealed record StudyOptions(
    DirectoryInfo Out, long? Replications, int Threads, IReadOnlyList<string> Sets, bool IfRemoved, string? Markdown, string? JUnit,
    bool Quiet, bool Json, bool Extend, bool Restart, Shard? Shard)
{
    /// <summary>The options of a command that simulates.</summary>
    public sealed class Set
    {
        private readonly Option<DirectoryInfo> _output = Options.Output("Folder for the results; each scenario gets its own inside");

        private readonly Option<long?> _replications = Options.Replications();

        private readonly Option<ulong?> _seed = new("--seed")
        {
            Description = "Seed of all randomness, in place of the scenario's",
            CustomParser = result => (ulong?)Options.Whole(result, 0, ulong.MaxValue),
        };

        private readonly Option<int> _threads = Options.Threads();

        private readonly Option<string[]> _sets = Options.Sets();

        private readonly Option<bool> _ifRemoved = new("--if-removed")
        {
            Description = "Run again without each of the faults that matter most, to tell what its absence saves",
        };

        private readonly Option<string?> _markdown =
            new("--markdown") { Description = "Also write what a pull request is to show: all scenarios in one file; - for standard output" };

        private readonly Option<string?> _junit =
            new("--junit") { Description = "Also write verdicts as JUnit XML, a suite per scenario, for a pipeline" };

        private readonly Option<bool> _quiet = new("--quiet") { Description = "Print nothing but what is wrong; the exit code tells the verdict" };

        private readonly Option<bool> _json = new("--json")
        {
            Description = "Print a line of JSON for each scenario on standard output, and what people read on standard error",
        };

        private readonly Option<bool> _extend = new("--extend")
        {
            Description = "Use the replications of the results that are there, and run only those that are not",
        };

        private readonly Option<bool> _restart = new("--restart")
        {
            Description = "Throw away what a run has left unfinished in the folder, and begin anew",
        };

        private readonly Option<Shard?> _shard = ShardOption.Create();

        public Set()
        {
            _json.Validators.Add(r => Options.Require(
                r, !r.GetValueOrDefault<bool>() || r.GetValue(_markdown) != "-", "--json and --markdown - both want standard output; write one to a file"));
            // Empty files would look like a run in which nothing is wrong.
            _shard.Validators.Add(r => Options.Require(
                r, !r.GetValue(_json) && r.GetValue(_markdown) is null && r.GetValue(_junit) is null,
                "--shard gives rows, and no verdicts for --json, --markdown or --junit; leave them out, 'failoversim merge' writes summary.md and what else 'outputs' asks for"));
        }

        public IEnumerable<Option> All => [_output, _replications, _seed, _threads, _sets, _ifRemoved, _markdown, _junit, _quiet, _json, _extend, _restart, _shard];

        public StudyOptions Of(ParseResult parsed) => new(
            parsed.GetValue(_output)!,
            parsed.GetValue(_replications),
            parsed.GetValue(_threads),
            [.. parsed.GetValue(_sets) ?? [], .. SeedAsSet(parsed.GetValue(_seed))],
            parsed.GetValue(_ifRemoved),
            parsed.GetValue(_markdown),
            parsed.GetValue(_junit),
            parsed.GetValue(_quiet),
            parsed.GetValue(_json),
            parsed.GetValue(_extend),
            parsed.GetValue(_restart),
            parsed.GetValue(_shard));
    }

    /// <summary>Where people read: standard output, unless programs read there; null: nowhere.</summary>
    public TextWriter? People => Quiet ? null : Json || Markdown == "-" ? Console.Error : Console.Out;

    /// <param name="reading">The scenario.</param>
    /// <param name="command">The command without its options, as it would be typed in the folder of the scenario.</param>
    public StudyPlan Plan(ScenarioReading reading, string command) => new(reading, replications => Repeat(command, replications))
    {
        Replications = Replications,
        Threads = Threads,
        IfRemoved = IfRemoved,
    };

    /// <summary>The same run again, whatever stopped this one.</summary>
    private string Repeat(string command, long replications) => string.Join(' ',
    [
        "failoversim", command, "--replications", replications.ToString(CultureInfo.InvariantCulture), .. Sets.Select(set => $"--set {ShellWord.Quoted(set)}"),
        .. IfRemoved ? ["--if-removed"] : Array.Empty<string>(),
    ]);

    /// <summary>The seed as a replacement, or none.</summary>
    public static IEnumerable<string> SeedAsSet(ulong? seed) =>
        seed is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"run.seed={seed}")];
}
