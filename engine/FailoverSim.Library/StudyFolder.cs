using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>A result folder while a study is run for it: nobody else writes there, and what is finished is kept.</summary>
public sealed class StudyFolder : IDisposable
{
    private readonly FolderLock _lock;
    private readonly string _checkpoint;

    private StudyFolder(string path, FolderLock held, Checkpoint store)
    {
        (Path, _lock, Store) = (path, held, store);
        _checkpoint = System.IO.Path.Combine(path, Checkpoint.FileName);
        Continued = store.Blocks;
    }

    public string Path { get; }

    /// <summary>To be the <see cref="StudyPlan.Store"/> of the study.</summary>
    public Checkpoint Store { get; }

    /// <summary>Blocks of replications that an earlier run has left.</summary>
    public int Continued { get; }

    /// <param name="path">Made if it is not there.</param>
    /// <param name="plan">What is to be run.</param>
    /// <param name="extend">Whether replications of finished results in the folder are used.</param>
    /// <param name="restart">Whether what another run has left unfinished is thrown away.</param>
    /// <exception cref="IOException">Files cannot be written, or another run is writing them.</exception>
    /// <exception cref="CheckpointException">What is in the folder belongs to another run.</exception>
    public static StudyFolder Open(string path, StudyPlan plan, bool extend = false, bool restart = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ResultFolder.Require(path);
        FolderLock held = FolderLock.Take(path);
        try
        {
            ResultFolder.Tidy(path);
            ResultShard? saved = extend ? Saved(path, plan) : null;
            string file = System.IO.Path.Combine(path, Checkpoint.FileName);
            try
            {
                FileStream content = new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
                return new StudyFolder(path, held, new Checkpoint(content, HeaderOf(plan), TimeProvider.System, saved, restart));
            }
            catch (CheckpointException other)
            {
                throw new CheckpointException(
                    $"'{file}' is of a run that is not finished, and not of this one: {other.Message}; finish that one, throw it away with --restart, or name another folder with --out");
            }
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes all files.</summary>
    /// <exception cref="IOException">Some cannot be written; what was simulated is kept.</exception>
    public void Write(StudyFindings findings)
    {
        try
        {
            ResultFolder.Write(Path, findings);
        }
        catch (IOException fault)
        {
            throw new IOException(
                $"{fault.Message.TrimEnd('.')}; all that was simulated is kept in '{_checkpoint}': make room and run the same again", fault);
        }
    }

    /// <summary>All that was asked for is written: nothing is left to be continued.</summary>
    public void Finish()
    {
        Store.Dispose();
        File.Delete(_checkpoint);
    }

    public void Dispose()
    {
        Store.Dispose();
        _lock.Dispose();
    }

    private static CheckpointHeader HeaderOf(StudyPlan plan)
    {
        ScenarioSpec spec = plan.Reading.Spec!;
        return new CheckpointHeader(
        [
            ("scenario", spec.Name),
            ("seed", spec.Run.Seed.ToString(CultureInfo.InvariantCulture)),
            ("engine version", Study.EngineVersion),
            ("hash", HashOf(plan)),
            ("horizon", $"{spec.Run.Horizon.Nanoseconds} ns"),
            ("block size", ReplicationBlock.Size.ToString(CultureInfo.InvariantCulture)),
            // Of one version there may be several builds while it is being written; a block of each would make no run.
            ("build", Builds),
        ]);
    }

    private static string HashOf(StudyPlan plan) => plan.Others.Count == 0
        ? plan.Reading.Hash!
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', plan.Others.Select(other => $"{other.Variant} {other.Reading.Hash}").Prepend($"{plan.BaseName} {plan.Reading.Hash}")))));

    private static string Builds { get; } = string.Join(' ', new[]
    {
        typeof(ReplicationBlock), typeof(Models.Apiserver.ApiserverOptions), typeof(ScenarioReading), typeof(Analysis.Studies.RunStudy),
    }.Select(type => type.Module.ModuleVersionId.ToString("N")[..8]));

    private static ResultShard? Saved(string folder, StudyPlan plan)
    {
        string manifest = System.IO.Path.Combine(folder, "manifest.json"), rows = System.IO.Path.Combine(folder, "replications.msgpack");
        if (!File.Exists(manifest) || !File.Exists(rows))
        {
            return null;
        }
        try
        {
            RunManifest saved = RunManifest.Read(manifest);
            ScenarioSpec spec = plan.Reading.Spec!;
            string? difference =
                saved.Seed != spec.Run.Seed ? $"their seed is {saved.Seed} and not {spec.Run.Seed}"
                : saved.EngineVersion != Study.EngineVersion ? $"their engine version is {saved.EngineVersion} and not {Study.EngineVersion}"
                : saved.Hash != plan.Reading.Hash ? "the scenario is not the same (its hash differs)"
                : !saved.Others.Select(o => (o.Variant, o.Hash)).SequenceEqual(plan.Others.Select(o => (o.Variant, o.Reading.Hash!))) ? "the files compared differ"
                : RunManifest.FingerprintOf(rows) != saved.Fingerprint ? "they are damaged (the fingerprint of replications.msgpack differs)"
                : null;
            return difference is null ? ReplicationsFile.Read(rows) : throw new CheckpointException(
                $"the results in '{folder}' cannot be extended: {difference}; run without --extend to replace them, or name another folder with --out");
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException or OverflowException)
        {
            throw new CheckpointException(
                $"the results in '{folder}' cannot be extended: they cannot be read ({fault.Message.TrimEnd('.')}); run without --extend to replace them");
        }
    }
}
