using System.Runtime;

namespace FailoverSim.Benchmarks.Measuring;

/// <summary>
/// Waits until the compiler has done its best. A method is compiled anew after 30 calls, with counters, and after 30 more for good; this
/// happens in the background, and begins only when nothing new has been called for a tenth of a second.
/// </summary>
internal static class WarmUp
{
    private const int MostRounds = 24;

    /// <param name="round">Calls all that will be measured, at least 30 times each.</param>
    public static void UntilCompiled(Action round)
    {
        int quiet = 0;
        for (int i = 0; i < MostRounds && quiet < 2; i++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            round();
            Thread.Sleep(250);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
        if (quiet == 0)
        {
            Console.Error.WriteLine("The compiler was still busy when the warm-up ended.");
        }
    }
}
