using System.Globalization;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Robustness.Fuzzing;

/// <summary>
/// Many inputs made from valid ones, each by a number of its own, so that any can be made again. FAILOVERSIM_FUZZ=N makes N of them in all
/// campaigns together in place of the 10,000 of a usual run, FAILOVERSIM_FUZZ_FIRST says from which number on.
/// </summary>
/// <param name="name">For messages.</param>
/// <param name="of10000">How many of 10,000 inputs are of this campaign.</param>
/// <param name="mostSeconds">No input may take longer, in processor time.</param>
/// <param name="output">Where the extremes are told.</param>
internal sealed class Campaign(string name, int of10000, double mostSeconds, ITestOutputHelper output)
{
    /// <summary>After so many looks, a second apart, something hangs, however busy the machine is.</summary>
    private const int Patience = 120;

    private const int MostFaults = 10;

    private static readonly long All = Number("FAILOVERSIM_FUZZ", 10_000);
    private static readonly long First = Number("FAILOVERSIM_FUZZ_FIRST", 0);

    private long _input;

    /// <param name="make">The input of a number.</param>
    /// <param name="use">What is done with it; whatever it throws is a fault.</param>
    /// <param name="mostBytes">How much memory may be asked for, by the length of the input.</param>
    public void Run(Func<int, byte[]> make, Action<byte[]> use, Func<long, long> mostBytes)
    {
        List<string> faults = [];
        (Spent Spent, long Input) slowest = default, largest = default;
        long count = Math.Max(1, All * of10000 / 10_000);
        Thread worker = new(() =>
        {
            for (long i = First; i < First + count && faults.Count < MostFaults; i++)
            {
                Interlocked.Exchange(ref _input, i);
                byte[] input = [];
                try
                {
                    input = make((int)i);
                    Spent spent = Spent.On(() => use(input));
                    slowest = spent.Seconds > slowest.Spent.Seconds ? (spent, i) : slowest;
                    largest = spent.Bytes > largest.Spent.Bytes ? (spent, i) : largest;
                    if (spent.Seconds > mostSeconds || spent.Bytes > mostBytes(input.Length))
                    {
                        faults.Add($"{name} {i}: {spent.Seconds:F2} s and {spent.Bytes:N0} bytes for an input of {input.Length:N0}; {Keep(i, input)}");
                    }
                }
                catch (Exception fault) when (fault is not OutOfMemoryException)
                {
                    faults.Add($"{name} {i}: {fault.GetType().Name}: {fault.Message.Split('\n')[0]}\n{string.Join('\n', (fault.StackTrace ?? "").Split('\n').Take(10))}\n{Keep(i, input)}");
                }
            }
        })
        { IsBackground = true };
        worker.Start();
        long last = -1;
        for (int looks = 0; !worker.Join(TimeSpan.FromSeconds(1)) && looks < Patience;)
        {
            long now = Interlocked.Read(ref _input);
            (looks, last) = (now == last ? looks + 1 : 0, now);
            if (looks == Patience)
            {
                faults.Add($"{name} {now} hangs; {Keep(now, make((int)now))}");
            }
        }
        string told = $"{name}: {count:N0} inputs from {First:N0}; longest {slowest.Spent.Seconds:F3} s (input {slowest.Input}), largest {largest.Spent.Bytes:N0} bytes (input {largest.Input})";
        output.WriteLine(told);
        if (All > 10_000)
        {
            Console.WriteLine(told);
        }
        Xunit.Assert.True(faults.Count == 0, $"{told}\n{string.Join("\n\n", faults)}");
    }

    /// <summary>The input as a file, so that it can be looked at.</summary>
    private string Keep(long input, byte[] content)
    {
        string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"failoversim-fuzz-{name.Replace(' ', '-')}-{input}"));
        File.WriteAllBytes(path, content);
        return $"kept as {path}";
    }

    private static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long number) ? number : otherwise;
}
