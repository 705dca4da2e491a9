using System.Globalization;
using FailoverSim.Cli.Commands;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Cli;

/// <summary>A command that runs a study, or the part of it that can be divided among shards.</summary>
/// <param name="Text">Without what is said of replications, shards and folders.</param>
/// <param name="Study">What it varies.</param>
/// <param name="Obstacle">Why it cannot be run in shards; null if it can.</param>
internal sealed record NextCommand(string Text, StudySpec Study, string? Obstacle)
{
    /// <summary>How many runs there are: the base, and each variant.</summary>
    public int Runs => 1 + Study.Variants.Count();

    /// <param name="reading">The scenario.</param>
    /// <param name="file">Its file.</param>
    /// <param name="sets">What the command line replaces in it.</param>
    /// <param name="baseOnly">Whether its variants are left out.</param>
    /// <param name="run">What was run so far, which is to go on; null for nothing.</param>
    /// <returns>At least one, the most complete first.</returns>
    /// <exception cref="MergeException">The run is not of this scenario, or of variants that none of its commands runs.</exception>
    public static IEnumerable<NextCommand> For(ScenarioReading reading, string file, IReadOnlyList<string> sets, bool baseOnly, RunManifest? run)
    {
        if (run is not null && run.Hash != reading.Hash)
        {
            throw new MergeException($"the folders are of another scenario (its hash is {run.Hash} and not {reading.Hash}); name the file that was run, with the same --set");
        }
        NextCommand[] all = [.. baseOnly ? [] : Varying(), Of("run", " --base-only", new StudySpec())];
        NextCommand[] fitting = [.. all.Where(command => run is null || command.Study.Variants.Select(variant => variant.Name).SequenceEqual(run.Variants.Skip(1)))];
        return fitting.Length > 0 ? fitting : throw new MergeException(
            $"the folders hold {string.Join(", ", run!.Variants)}, which is not what is run of {reading.Spec!.Name}; give --base-only as it was given to 'failoversim run'");

        IEnumerable<NextCommand> Varying()
        {
            yield return Of("run", "", reading.Study);
            if (reading.Study.Variants.Any())
            {
                yield return Of("compare", "", CompareCommand.StudyOf(reading.Study));
            }
        }

        NextCommand Of(string command, string option, StudySpec study) => new(
            $"failoversim {command} {ShellWord.Quoted(file)}{option}{string.Concat(sets.Select(set => $" --set {ShellWord.Quoted(set)}"))}",
            study,
            Library.Study.ObstacleToShards(new StudyPlan(reading with { Study = study }, _ => "") { Replications = 1 }));
    }

    /// <param name="replications">In all.</param>
    /// <param name="shards">1: not divided.</param>
    /// <param name="beside">A folder that is to be extended; null: there is none.</param>
    public string With(long replications, int shards, string? beside) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text} --replications {replications} --extend{(shards > 1 ? $" --shard i/{shards}" : "")}{(beside is null ? "" : $" --out {ShellWord.Quoted(ShardFolder.OutOf(beside))}")}");
}
