namespace FailoverSim.Reporting.Checkpoints;

/// <summary>Held while a run writes to a folder, so that no other one does. The system lets go of it when the process ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";

    private readonly string _path;
    private readonly FileStream _file;

    private FolderLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <exception cref="IOException">Somebody else holds it.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, Name);
        while (true)
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
            // Whoever held it before may have removed it in between: then it guards nothing.
            if (File.Exists(path))
            {
                return new FolderLock(path, file);
            }
            file.Dispose();
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _file.Dispose();
    }
}
