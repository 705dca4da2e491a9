namespace FailoverSim.Scenario.Files;

/// <summary>Files from elsewhere, opened only where that ends: a pipe has no writer perhaps, a device no end.</summary>
public static class RegularFile
{
    /// <summary>The content of a file of at most so many bytes.</summary>
    /// <exception cref="InvalidDataException">It is empty, no regular file, or larger.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static byte[] Read(string path, int mostBytes)
    {
        using FileStream stream = Open(path);
        byte[] content = new byte[Math.Min(stream.Length, mostBytes + 1L)];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= mostBytes ? content[..length]
            : throw new InvalidDataException(FormattableString.Invariant($"is larger than {mostBytes / (1024 * 1024)} MiB"));
    }

    /// <summary>For reading.</summary>
    /// <exception cref="InvalidDataException">It is empty, or no regular file.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static FileStream Open(string path, int bufferSize = 1 << 16)
    {
        // Pipes, devices and what the kernel makes up have no length; opening the first waits, reading the second does not end.
        FileInfo file = new(Path.GetFullPath(path));
        FileInfo target = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return target is { Exists: true, Length: 0 }
            ? throw new InvalidDataException("is empty, or no regular file")
            : new FileStream(target.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
    }
}
