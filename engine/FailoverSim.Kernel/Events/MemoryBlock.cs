using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Events;

/// <summary>
/// Zeroed memory that never moves and begins on a cache line. Large blocks ask for large pages: with a million timers an event otherwise
/// waits longer for the addresses of its memory than for the memory.
/// </summary>
internal sealed unsafe partial class MemoryBlock : CriticalFinalizerObject
{
    private const nuint CacheLine = 64;
    private const nuint LargePage = 2 << 20;
    private const int WillNeedLargePages = 14;

    private readonly nuint _size;

    /// <param name="bytes">How long; more than 0.</param>
    /// <exception cref="OutOfMemoryException">The system has not so much.</exception>
    public MemoryBlock(long bytes)
    {
        nuint boundary = (nuint)bytes < LargePage ? CacheLine : LargePage;
        _size = ((nuint)bytes + boundary - 1) & ~(boundary - 1);
        Start = (byte*)NativeMemory.AlignedAlloc(_size, boundary);
        if (boundary == LargePage && OperatingSystem.IsLinux())
        {
            // Advice only: where it is not taken, all works as well.
            _ = Advise(Start, _size, WillNeedLargePages);
        }
        NativeMemory.Clear(Start, _size);
        GC.AddMemoryPressure((long)_size);
    }

    ~MemoryBlock()
    {
        if (Start is not null)
        {
            NativeMemory.AlignedFree(Start);
            GC.RemoveMemoryPressure((long)_size);
        }
    }

    public byte* Start { get; }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
