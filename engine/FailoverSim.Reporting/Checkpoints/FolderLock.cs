namespace FailoverSim.Reporting.Checkpoints;

/// <summary>Held while a run writes to a folder, so that no other one does. The system lets go of it when the process ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";
    private const int MostTries = 100;

    private readonly string _path;
    private readonly FileStream _file;

    private FolderLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <exception cref="IOException">Somebody else holds it.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, Name);
        for (int tries = 1; ; tries++)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault) when (File.Exists(path))
            {
                throw new IOException(
                    $"another run is writing to '{folder}'; wait for it, or name another folder with --out", fault);
            }
            catch (IOException) when (tries < MostTries)
            {
                // Held, and gone since. What cannot be made at all is told by the last try.
                continue;
            }
            if (file.Length == 0 && File.Exists(path))
            {
                return new FolderLock(path, file);
            }
            // Opened before whoever held it has removed it: it guards nothing, and there may be another in its place.
            file.Dispose();
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        // Who has it open and waits for its turn sees by this that it is gone; never set on one that can be found.
        _file.SetLength(1);
        _file.Dispose();
    }
}
