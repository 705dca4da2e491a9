using System.Runtime.InteropServices;

namespace FailoverSim.Benchmarks.MemoryUse;

/// <summary>Memory that the engine takes beside the managed heap, such as that of its event list.</summary>
internal static partial class NativeHeap
{
    /// <summary>Bytes in use, by the C library's account; 0 where there is none such.</summary>
    public static long Bytes()
    {
        try
        {
            Account account = MallInfo();
            return (long)(account.InUse + account.Mapped);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial Account MallInfo();

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    private readonly record struct Account(
        nuint Arena, nuint FreeBlocks, nuint FastBlocks, nuint MappedBlocks, nuint Mapped, nuint Unused, nuint FastFree, nuint InUse,
        nuint Free, nuint Top);
}
