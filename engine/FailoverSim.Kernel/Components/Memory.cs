using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Components;

/// <summary>Arrays of plain values, written into a snapshot one after the other and read back in the same order.</summary>
internal static class Memory
{
    public static int ByteCount<T>(T[] items)
        where T : unmanaged => MemoryMarshal.AsBytes(items.AsSpan()).Length;

    public static void Save<T>(T[] items, ref Span<byte> to)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(items.AsSpan());
        bytes.CopyTo(to);
        to = to[bytes.Length..];
    }

    public static void Load<T>(T[] items, ref ReadOnlySpan<byte> from)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(items.AsSpan());
        from[..bytes.Length].CopyTo(bytes);
        from = from[bytes.Length..];
    }
}
