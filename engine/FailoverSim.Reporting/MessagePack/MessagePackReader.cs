using System.Buffers.Binary;
using System.Text;
using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Reporting.MessagePack;

/// <summary>
/// Reads the MessagePack format in any valid form, not only the shortest, as other writers may choose. Extension types can
/// be skipped. Whatever does not fit is an <see cref="InvalidDataException"/> that says at which byte.
/// </summary>
public sealed class MessagePackReader(Stream stream)
{
    /// <summary>Deeper nesting than this is not ours, and would only exhaust the stack.</summary>
    private const int DeepestNesting = 64;

    /// <summary>What the file still holds; null where that cannot be known.</summary>
    private readonly long? _length = stream.CanSeek ? stream.Length - stream.Position : null;

    private long _position;
    private int _peeked = -1;

    /// <summary>Bytes consumed so far.</summary>
    public long Position => _position;

    /// <summary>Consumes a nil, if that is what comes next.</summary>
    public bool TryReadNil()
    {
        if (Peek() != 0xc0)
        {
            return false;
        }
        Code();
        return true;
    }

    public bool ReadBoolean() => Code() switch
    {
        0xc2 => false,
        0xc3 => true,
        int code => throw Unexpected("bool", code),
    };

    public long ReadInt64() => (long)Within(long.MinValue, long.MaxValue);

    public int ReadInt32() => (int)Within(int.MinValue, int.MaxValue);

    public ulong ReadUInt64() => (ulong)Within(ulong.MinValue, ulong.MaxValue);

    public double ReadDouble() => Code() switch
    {
        0xca => BitConverter.UInt32BitsToSingle((uint)Number(4)),
        0xcb => BitConverter.UInt64BitsToDouble(Number(8)),
        int code => throw Unexpected("float", code),
    };

    public string ReadString()
    {
        int code = Code();
        uint length = code switch
        {
            >= 0xa0 and <= 0xbf => (uint)(code & 0x1f),
            0xd9 => (uint)Number(1),
            0xda => (uint)Number(2),
            0xdb => (uint)Number(4),
            _ => throw Unexpected("str", code),
        };
        return Encoding.UTF8.GetString(Bytes(length));
    }

    public byte[] ReadBinary()
    {
        int code = Code();
        return code is >= 0xc4 and <= 0xc6 ? Bytes((uint)Number(1 << (code - 0xc4))) : throw Unexpected("bin", code);
    }

    public int ReadArrayHeader() => Held(ReadLongArrayHeader());

    /// <summary>Of an array that is not held in memory: it may be as long as the format allows.</summary>
    public uint ReadLongArrayHeader()
    {
        int code = Code();
        return Count(code switch
        {
            >= 0x90 and <= 0x9f => (uint)(code & 0x0f),
            0xdc => (uint)Number(2),
            0xdd => (uint)Number(4),
            _ => throw Unexpected("array", code),
        });
    }

    public int ReadMapHeader()
    {
        int code = Code();
        return Held(Count(code switch
        {
            >= 0x80 and <= 0x8f => (uint)(code & 0x0f),
            0xde => (uint)Number(2),
            0xdf => (uint)Number(4),
            _ => throw Unexpected("map", code),
        }));
    }

    /// <summary>Passes over one value of any kind: keys that a later version added.</summary>
    public void Skip() => Skip(DeepestNesting);

    private void Skip(int nesting)
    {
        if (nesting == 0)
        {
            throw Fault("values nested too deeply");
        }
        switch (Peek())
        {
            case <= 0x7f or >= 0xe0 or (>= 0xcc and <= 0xd3):
                Integer();
                break;
            case (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb):
                ReadString();
                break;
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd:
                SkipMany(ReadArrayHeader(), nesting);
                break;
            case (>= 0x80 and <= 0x8f) or 0xde or 0xdf:
                SkipMany(2L * ReadMapHeader(), nesting);
                break;
            case >= 0xc4 and <= 0xc6:
                ReadBinary();
                break;
            case 0xca or 0xcb:
                ReadDouble();
                break;
            case 0xc0 or 0xc2 or 0xc3:
                Code();
                break;
            case >= 0xc7 and <= 0xc9: // ext 8, 16, 32: a length, a type, the data
                int code = Code();
                ulong length = Number(1 << (code - 0xc7)) + 1;
                Bytes(length <= uint.MaxValue ? (uint)length : throw Fault($"{length} bytes at once"));
                break;
            case >= 0xd4 and <= 0xd8: // fixext 1, 2, 4, 8, 16
                Bytes((1u << (Code() - 0xd4)) + 1);
                break;
            default:
                throw Unexpected("value", Code());
        }
    }

    private void SkipMany(long count, int nesting)
    {
        for (long i = 0; i < count; i++)
        {
            Skip(nesting - 1);
        }
    }

    private Int128 Within(Int128 least, Int128 most)
    {
        Int128 value = Integer();
        return value >= least && value <= most ? value : throw Fault($"{value} where {least} … {most} is expected");
    }

    private Int128 Integer()
    {
        int code = Code();
        return code switch
        {
            <= 0x7f => code,
            >= 0xe0 => code - 0x100,
            >= 0xcc and <= 0xcf => Number(1 << (code - 0xcc)),
            0xd0 => unchecked((sbyte)Number(1)),
            0xd1 => unchecked((short)Number(2)),
            0xd2 => unchecked((int)Number(4)),
            0xd3 => unchecked((long)Number(8)),
            _ => throw Unexpected("int", code),
        };
    }

    private int Peek()
    {
        if (_peeked < 0)
        {
            _peeked = stream.ReadByte();
            if (_peeked < 0)
            {
                throw Fault("the end of the file");
            }
        }
        return _peeked;
    }

    private int Code()
    {
        int code = Peek();
        _peeked = -1;
        _position++;
        return code;
    }

    private ulong Number(int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        Fill(bytes[(8 - size)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    // A length is believed as far as the file reaches: a damaged one must not allocate what the file cannot hold. Where that is not known
    // it is read in pieces, each as large as all before.
    private byte[] Bytes(uint length)
    {
        const int Piece = 1 << 16;
        if (length > Left)
        {
            throw Fault("the end of the file");
        }
        if (length > Array.MaxLength)
        {
            throw Fault($"{length} bytes at once");
        }
        var bytes = new byte[Math.Min(length, _length is null ? Piece : length)];
        Fill(bytes);
        while (bytes.Length < length)
        {
            int done = bytes.Length;
            Array.Resize(ref bytes, (int)Math.Min(length, Math.Min(2L * done, Array.MaxLength)));
            Fill(bytes.AsSpan(done));
        }
        return bytes;
    }

    private long Left => (_length ?? long.MaxValue) - _position;

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Fault("the end of the file");
        }
        _position += bytes.Length;
    }

    // Each of them takes a byte at least.
    private uint Count(uint count) => count <= Left ? count : throw Fault($"a collection of {count}");

    private int Held(uint count) => count <= int.MaxValue ? (int)count : throw Fault($"a collection of {count}");

    private InvalidDataException Unexpected(string wanted, int code) => Fault($"0x{code:x2} where a MessagePack {wanted} belongs");

    internal InvalidDataException Fault(string what) => new(Printable.Line($"Byte {_position}: {what}."));
}
