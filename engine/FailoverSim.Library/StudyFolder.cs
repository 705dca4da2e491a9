using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>A result folder while a study is run for it: nobody else writes there, and what is finished is kept.</summary>
public sealed class StudyFolder : IDisposable
{
    private readonly FolderLock _lock;
    private readonly string _checkpoint;
    private readonly RunManifest? _earlier;

    private StudyFolder(string path, FolderLock held, Checkpoint store, RunManifest? earlier)
    {
        (Path, _lock, Store, _earlier) = (path, held, store, earlier);
        _checkpoint = System.IO.Path.Combine(path, Checkpoint.FileName);
        Continued = store.Blocks;
    }

    public string Path { get; }

    /// <summary>To be the <see cref="StudyPlan.Store"/> of the study.</summary>
    public Checkpoint Store { get; }

    /// <summary>Whether replications of finished results are used, which do not tell of their events.</summary>
    public bool Extends { get; private init; }

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
            RunIdentity run = IdentityOf(plan);
            (RunManifest? earlier, ResultShard? saved) = Earlier(path, run, extend);
            string file = System.IO.Path.Combine(path, Checkpoint.FileName);
            try
            {
                FileStream content = new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
                return new StudyFolder(path, held, new Checkpoint(content, run, TimeProvider.System, saved, restart, path), earlier) { Extends = saved is not null };
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

    /// <summary>
    /// How many replications the folder keeps, because it holds more of the same run, variants counted, than what was stopped before its end; null if
    /// the findings may take their place.
    /// </summary>
    public long? Keeps(StudyFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        bool isShort = findings.Unfinished.Count > 0 || findings.Outcome.Base.Reason is StopReason.Interrupted or StopReason.GaveUpWallClock;
        return isShort && _earlier is not null
            && (Int128)_earlier.Replications * _earlier.Variants.Count > findings.Results.Tables.Sum(table => table.Replications)
            ? _earlier.Replications
            : null;
    }

    /// <summary>Writes all files, unless the folder <see cref="Keeps"/> what it has.</summary>
    /// <exception cref="IOException">Some cannot be written; what was simulated is kept.</exception>
    public void Write(StudyFindings findings)
    {
        if (Keeps(findings) is not null)
        {
            return;
        }
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

    /// <summary>Finished results of the same run, and their rows if they are to be used.</summary>
    private static (RunManifest? Manifest, ResultShard? Rows) Earlier(string folder, RunIdentity run, bool extend)
    {
        try
        {
            RunManifest? manifest = ManifestIn(folder);
            return extend ? (manifest, RowsOf(folder, manifest, run))
                : (manifest is not null && run.DifferenceFrom(manifest.Identity) is null ? manifest : null, null);
        }
        catch (Exception fault) when (!extend && fault is InvalidDataException)
        {
            return default;
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException or OverflowException)
        {
            throw new CheckpointException(
                $"the results in '{folder}' cannot be extended: they cannot be read ({fault.Message.TrimEnd('.')}); run without --extend to replace them");
        }
    }

    private static RunIdentity IdentityOf(StudyPlan plan)
    {
        ScenarioSpec spec = plan.Reading.Spec!;
        return RunIdentity.Of(
            spec.Name, spec.Run.Seed, Study.EngineVersion, EngineBuild.Id, TimeZoneData.VersionUsedBy(spec), plan.Reading.Hash!,
            plan.Others.Select(other => (other.Variant, other.Reading.Hash!)));
    }

    /// <summary>What the folder says of the results in it; null if there are none.</summary>
    private static RunManifest? ManifestIn(string folder)
    {
        string manifest = System.IO.Path.Combine(folder, VouchedRows.ManifestFile);
        return File.Exists(manifest) && File.Exists(System.IO.Path.Combine(folder, VouchedRows.RowsFile)) ? RunManifest.Read(manifest) : null;
    }

    private static ResultShard? RowsOf(string folder, RunManifest? manifest, RunIdentity run)
    {
        if (manifest is null)
        {
            return null;
        }
        string rows = System.IO.Path.Combine(folder, VouchedRows.RowsFile);
        string? fault =
            run.DifferenceFrom(manifest.Identity) is var (name, ours, theirs) ? $"their {name} is {theirs} and not {ours}"
            : RunManifest.FingerprintOf(rows) != manifest.Fingerprint ? "they are damaged (the fingerprint of replications.msgpack differs)"
            : null;
        return fault is null ? ReplicationsFile.Read(rows) : throw new CheckpointException(
            $"the results in '{folder}' cannot be extended: {fault}; run without --extend to replace them, or name another folder with --out");
    }
}
