using System.Runtime.InteropServices;

namespace FailoverSim.Benchmarks.Measuring;

/// <summary>Processor time of this thread: waiting for a busy machine does not count.</summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3;

    public static long Nanoseconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (long)System.Diagnostics.Stopwatch.GetElapsedTime(0).TotalNanoseconds;
        }
        _ = ClockGetTime(ThreadCpuTime, out TimeSpec time);
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
