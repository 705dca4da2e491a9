namespace FailoverSim.Reporting.Tables;

/// <summary>
/// <c>replications.msgpack</c> and the <c>manifest.json</c> that tells its fingerprint: two files that are replaced as one, whenever the process dies.
/// </summary>
/// <remarks>The new manifest waits beside the old one while the rows are moved into their place. Whoever comes next sees by the fingerprint whether they were.</remarks>
public static class VouchedRows
{
    public const string RowsFile = "replications.msgpack";
    public const string ManifestFile = "manifest.json";

    private const string NextManifest = ".manifest.json.next";

    /// <summary>Writes the rows beside their place.</summary>
    /// <returns>Where they are.</returns>
    public static string Stage(string folder, Action<Stream> write) => AtomicFile.Stage(Path.Combine(folder, RowsFile), write);

    /// <summary>Puts staged rows and their manifest in place of earlier ones.</summary>
    /// <param name="folder">Of the study.</param>
    /// <param name="staged">Where <see cref="Stage"/> has put the rows.</param>
    /// <param name="manifestOf">The manifest, given the fingerprint of the rows.</param>
    public static void Commit(string folder, string staged, Func<string, RunManifest> manifestOf)
    {
        ArgumentNullException.ThrowIfNull(manifestOf);
        string next = Path.Combine(folder, NextManifest);
        try
        {
            manifestOf(RunManifest.FingerprintOf(staged)).Write(next);
        }
        catch
        {
            File.Delete(staged);
            throw;
        }
        File.Move(staged, Path.Combine(folder, RowsFile), overwrite: true);
        File.Move(next, Path.Combine(folder, ManifestFile), overwrite: true);
    }

    /// <summary>Ends or undoes what a process that was killed had begun. To be called by who alone writes there.</summary>
    public static void Recover(string folder)
    {
        (string next, string rows) = (Path.Combine(folder, NextManifest), Path.Combine(folder, RowsFile));
        if (!File.Exists(next))
        {
            return;
        }
        if (File.Exists(rows) && Vouches(next, rows))
        {
            File.Move(next, Path.Combine(folder, ManifestFile), overwrite: true);
        }
        else
        {
            File.Delete(next);
        }
    }

    private static bool Vouches(string manifest, string rows)
    {
        try
        {
            return RunManifest.Read(manifest).Fingerprint == RunManifest.FingerprintOf(rows);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
