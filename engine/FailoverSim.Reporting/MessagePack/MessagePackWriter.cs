using System.Buffers.Binary;
using System.Text;

namespace FailoverSim.Reporting.MessagePack;

/// <summary>
/// Writes the MessagePack format (specification: msgpack/msgpack, <c>spec.md</c>), always in the shortest form: nil, bool,
/// int, float 64, str, bin, array and map. No extension types: nothing here needs one.
/// </summary>
public sealed class MessagePackWriter(Stream stream)
{
    public void WriteNil() => stream.WriteByte(0xc0);

    public void Write(bool value) => stream.WriteByte(value ? (byte)0xc3 : (byte)0xc2);

    public void Write(long value)
    {
        switch (value)
        {
            case >= 0:
                Write((ulong)value);
                break;
            case >= -32:
                stream.WriteByte(unchecked((byte)value)); // negative fixint: 111xxxxx
                break;
            case >= sbyte.MinValue:
                Header(0xd0, unchecked((byte)value), 1);
                break;
            case >= short.MinValue:
                Header(0xd1, unchecked((ushort)value), 2);
                break;
            case >= int.MinValue:
                Header(0xd2, unchecked((uint)value), 4);
                break;
            default:
                Header(0xd3, unchecked((ulong)value), 8);
                break;
        }
    }

    public void Write(ulong value)
    {
        switch (value)
        {
            case <= 0x7f:
                stream.WriteByte((byte)value); // positive fixint: 0xxxxxxx
                break;
            case <= byte.MaxValue:
                Header(0xcc, value, 1);
                break;
            case <= ushort.MaxValue:
                Header(0xcd, value, 2);
                break;
            case <= uint.MaxValue:
                Header(0xce, value, 4);
                break;
            default:
                Header(0xcf, value, 8);
                break;
        }
    }

    public void Write(double value) => Header(0xcb, BitConverter.DoubleToUInt64Bits(value), 8);

    public void Write(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        switch (bytes.Length)
        {
            case <= 31:
                stream.WriteByte((byte)(0xa0 | bytes.Length));
                break;
            case <= byte.MaxValue:
                Header(0xd9, (uint)bytes.Length, 1);
                break;
            case <= ushort.MaxValue:
                Header(0xda, (uint)bytes.Length, 2);
                break;
            default:
                Header(0xdb, (uint)bytes.Length, 4);
                break;
        }
        stream.Write(bytes);
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        switch (value.Length)
        {
            case <= byte.MaxValue:
                Header(0xc4, (uint)value.Length, 1);
                break;
            case <= ushort.MaxValue:
                Header(0xc5, (uint)value.Length, 2);
                break;
            default:
                Header(0xc6, (uint)value.Length, 4);
                break;
        }
        stream.Write(value);
    }

    /// <summary>An array follows: so many values, written next.</summary>
    public void WriteArrayHeader(long count) => CollectionHeader(0x90, 0xdc, count);

    /// <summary>A map follows: so many pairs of key and value, written next.</summary>
    public void WriteMapHeader(long count) => CollectionHeader(0x80, 0xde, count);

    private void CollectionHeader(byte fix, byte code16, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, uint.MaxValue);
        switch (count)
        {
            case <= 15:
                stream.WriteByte((byte)(fix | (byte)count));
                break;
            case <= ushort.MaxValue:
                Header(code16, (ulong)count, 2);
                break;
            default:
                Header((byte)(code16 + 1), (ulong)count, 4);
                break;
        }
    }

    /// <summary>A code and the low bytes of a number, big-endian.</summary>
    private void Header(byte code, ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], value);
        bytes[8 - size] = code;
        stream.Write(bytes[(8 - size)..]);
    }
}
