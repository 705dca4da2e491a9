using System.Buffers.Binary;
using System.IO.Hashing;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>
/// Records one after the other, each with its length (4 bytes, little-endian) and the XXH3 of its content (8 bytes) before it.
/// What a crash leaves half-written does not fit its checksum: the log ends before it.
/// </summary>
/// <param name="stream">Can be read, written and sought; owned by the log.</param>
/// <param name="time">For how often written records are sent to the disk.</param>
public sealed class RecordLog(Stream stream, TimeProvider time) : IDisposable
{
    /// <summary>Bytes of a record before its content.</summary>
    internal const int Frame = 12;

    /// <summary>A process that dies loses no record; a machine that does, those of so long at most.</summary>
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _end;
    private long _synced = time.GetTimestamp();

    /// <summary>Reads the valid records in order. Whatever follows them stays until something is written.</summary>
    /// <param name="read">Told of each record: where it is, and what is in it.</param>
    public void Open(Action<long, byte[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _end = 0;
        while (TryRead(_end) is { } content)
        {
            read(_end, content);
            _end += Frame + content.Length;
        }
    }

    /// <summary>All bytes, whether they make records or not.</summary>
    public long Length => stream.Length;

    /// <summary>Cuts off everything.</summary>
    public void Clear()
    {
        stream.SetLength(0);
        _end = 0;
    }

    /// <returns>Where it is.</returns>
    /// <exception cref="IOException">It cannot be written; all before it is as it was.</exception>
    public long Append(ReadOnlySpan<byte> content)
    {
        byte[] record = new byte[Frame + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), XxHash3.HashToUInt64(content));
        content.CopyTo(record.AsSpan(Frame));
        lock (_lock)
        {
            long place = _end;
            try
            {
                // What a crash has left there would otherwise follow a shorter record.
                if (stream.Length > place)
                {
                    stream.SetLength(place);
                }
                stream.Position = place;
                stream.Write(record);
                stream.Flush();
            }
            catch (IOException)
            {
                stream.SetLength(place);
                throw;
            }
            _end += record.Length;
            if (time.GetElapsedTime(_synced) >= SyncEvery)
            {
                Sync();
            }
            return place;
        }
    }

    /// <summary>A record that was read by <see cref="Open"/> or appended.</summary>
    /// <exception cref="InvalidDataException">It is no longer what it was.</exception>
    public byte[] Read(long place)
    {
        lock (_lock)
        {
            return TryRead(place) ?? throw new InvalidDataException($"Byte {place}: the record there has changed.");
        }
    }

    public void Dispose() => stream.Dispose();

    private void Sync()
    {
        (stream as FileStream)?.Flush(flushToDisk: true);
        _synced = time.GetTimestamp();
    }

    // A length is believed as far as the file reaches: a damaged one must not allocate more.
    private byte[]? TryRead(long place)
    {
        Span<byte> frame = stackalloc byte[Frame];
        stream.Position = place;
        if (stream.ReadAtLeast(frame, Frame, throwOnEndOfStream: false) < Frame)
        {
            return null;
        }
        int length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        if (length < 0 || length > stream.Length - place - Frame)
        {
            return null;
        }
        byte[] content = new byte[length];
        stream.ReadExactly(content);
        return XxHash3.HashToUInt64(content) == BinaryPrimitives.ReadUInt64LittleEndian(frame[4..]) ? content : null;
    }
}
