using System.Globalization;
using System.Runtime.InteropServices;

namespace FailoverSim.Benchmarks.Measuring;

/// <summary>What a figure was measured on, and who else was there.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, and framework.</summary>
    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    /// <summary>Average number of runnable threads in the last minute; empty where the system does not tell.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";

    private static string Processor => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString()
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Does something, and says on standard error how busy the machine was before and after it.</summary>
    public static int UnderLoad(Func<int> measure)
    {
        Console.Error.WriteLine(Description);
        string before = Load;
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        int exit = measure();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load average before: {before}, after: {Load}; took {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        return exit;
    }
}
