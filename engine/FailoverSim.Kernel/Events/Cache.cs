using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FailoverSim.Kernel.Events;

/// <summary>Hints to the processor; results never depend on them.</summary>
internal static unsafe class Cache
{
    /// <summary>Fetches the line, or the two lines, in which an item lies. That the item may move meanwhile does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<T>(ref readonly T item)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            byte* first = (byte*)Unsafe.AsPointer(in item);
            Sse.Prefetch0(first);
            if (sizeof(T) > 8)
            {
                Sse.Prefetch0(first + sizeof(T) - 1);
            }
        }
    }
}
