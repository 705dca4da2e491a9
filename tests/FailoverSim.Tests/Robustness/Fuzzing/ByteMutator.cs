using System.Buffers.Binary;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>Bytes that are nearly those of a valid file: flipped, cut, doubled, spliced with another, with lengths set to extremes.</summary>
internal static class ByteMutator
{
    /// <summary>Numbers at which readers go wrong, as lengths and counts.</summary>
    private static readonly ulong[] Extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, long.MaxValue, 1UL << 63, ulong.MaxValue];

    /// <summary>Of MessagePack: collections, texts, numbers and what is never used.</summary>
    private static readonly byte[] Codes =
        [0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcf, 0xd0, 0xd3, 0xd4, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff];

    public static byte[] Mutate(Random dice, byte[] original, byte[] other)
    {
        List<byte> bytes = [.. original];
        for (int edits = 1 << dice.Next(4); edits > 0 && bytes.Count > 0; edits -= dice.Next(1, 5))
        {
            int at = dice.Next(bytes.Count);
            switch (dice.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << dice.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)dice.Next(256);
                    break;
                case 2:
                    bytes[at] = Codes[dice.Next(Codes.Length)];
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(dice.Next(1, 64), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, [.. bytes.Skip(dice.Next(bytes.Count)).Take(dice.Next(64))]);
                    break;
                case 5:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 6:
                    int cut = dice.Next(other.Length + 1);
                    bytes.RemoveRange(at, dice.Next(2) == 0 ? bytes.Count - at : Math.Min(dice.Next(256), bytes.Count - at));
                    bytes.InsertRange(at, other.AsSpan(cut, Math.Min(dice.Next(256), other.Length - cut)));
                    break;
                default:
                    WriteExtreme(dice, bytes, at);
                    break;
            }
        }
        return [.. bytes];
    }

    private static void WriteExtreme(Random dice, List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[10];
        number[0] = Codes[dice.Next(Codes.Length)];
        ulong extreme = Extremes[dice.Next(Extremes.Length)];
        int size = 1 << dice.Next(4);
        if (dice.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(number[1..9], extreme << (64 - (8 * size)));
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number[1..9], extreme);
        }
        // With a code before it or without, in place of what is there or beside it.
        Span<byte> written = number.Slice(dice.Next(2), size + 1);
        if (dice.Next(2) == 0)
        {
            bytes.RemoveRange(at, Math.Min(written.Length, bytes.Count - at));
        }
        bytes.InsertRange(at, written);
    }
}
