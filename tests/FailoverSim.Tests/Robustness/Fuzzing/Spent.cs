using System.Runtime.InteropServices;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>What the present thread spends on something: processor time, as others may be on the machine, and memory that it asks for.</summary>
internal readonly partial record struct Spent(double Seconds, long Bytes)
{
    private const int ThreadTime = 3;

    /// <summary>Runs it; what it throws is thrown.</summary>
    public static Spent On(Action action)
    {
        (double seconds, long bytes) = (Now(), GC.GetAllocatedBytesForCurrentThread());
        action();
        return new Spent(Now() - seconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    /// <summary>Seconds of processor time of this thread; of the clock where the system does not tell.</summary>
    private static double Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency;
        }
        _ = ClockGetTime(ThreadTime, out TimeSpec time);
        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
