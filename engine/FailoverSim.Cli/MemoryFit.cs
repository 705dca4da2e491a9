using System.Globalization;
using FailoverSim.Scenario;

namespace FailoverSim.Cli;

/// <summary>
/// Whether the models of a scenario fit into the memory that the process may use: each thread has one of its own, and a few more are built
/// beside them. The estimate is the scenario's (engine/docs/limits.md); results do not depend on the number of threads.
/// </summary>
internal static class MemoryFit
{
    /// <summary>Built beside those of the threads: for exact figures, for losses that were never seen, for the timeline.</summary>
    private const int Beside = 2;

    /// <summary>The rest is for results and the program itself.</summary>
    private const double Share = 0.75;

    /// <summary>Below this nothing is asked: it fits wherever the program runs.</summary>
    private const long Small = 16 << 20;

    /// <summary>So many of the threads wanted that their models fit; 0 if not even one does.</summary>
    public static int Threads(ScenarioReading reading, int wanted) => reading.ModelBytes <= Small ? wanted
        : (int)Math.Clamp((Available * Share / reading.ModelBytes) - Beside, 0, wanted);

    /// <summary>Whether at least one thread has room; why not is printed.</summary>
    public static bool Allows(ScenarioReading reading)
    {
        if (Threads(reading, 1) > 0)
        {
            return true;
        }
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"failoversim: '{reading.Spec!.Name}' is too large for this machine: a model takes about {MiB(reading.ModelBytes)} MiB, {1 + Beside} of them are needed, and {MiB(Available)} MiB may be used; describe fewer parts, or use a machine with more memory"));
        return false;
    }

    /// <summary>Of the machine, or of the container, or what the runtime was told.</summary>
    public static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static long MiB(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
