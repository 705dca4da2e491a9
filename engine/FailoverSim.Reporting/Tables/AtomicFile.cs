namespace FailoverSim.Reporting.Tables;

/// <summary>Files that are whole or not there: written beside their place, then moved.</summary>
public static class AtomicFile
{
    internal const int BufferSize = 1 << 16;

    public static void Write(string path, Action<Stream> write) => File.Move(Stage(path, write), path, overwrite: true);

    /// <summary>Writes it beside its place, whole and on the disk.</summary>
    /// <returns>Where it is, to be moved.</returns>
    internal static string Stage(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            return temporary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>UTF-8 without a byte order mark, lines ending in LF.</summary>
    public static void WriteText(string path, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
    }
}
