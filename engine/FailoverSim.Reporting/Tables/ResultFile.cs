using FailoverSim.Scenario.Files;

namespace FailoverSim.Reporting.Tables;

/// <summary>Files of results that are read back: they may come from elsewhere, and be damaged or worse.</summary>
internal static class ResultFile
{
    /// <summary>Of files that are read as a whole: manifests, which hold the resolved scenario, and tables.</summary>
    public const int MostBytes = 128 * 1024 * 1024;

    /// <exception cref="InvalidDataException">It is empty, or no regular file.</exception>
    public static FileStream Open(string path) => Named(path, () => RegularFile.Open(path, AtomicFile.BufferSize));

    /// <exception cref="InvalidDataException">It is empty, no regular file, or larger than <see cref="MostBytes"/>.</exception>
    public static byte[] Read(string path) => Named(path, () => RegularFile.Read(path, MostBytes));

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException refusal)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} {refusal.Message}", refusal);
        }
    }
}
