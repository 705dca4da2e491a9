namespace FailoverSim.Benchmarks.Measuring;

/// <summary>One of several ways to do the same work, measured in turn.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="run">Does a numbered piece of the work; tells how many events it had, and what came of them.</param>
internal sealed class Contender(string name, Func<int, (long Events, long Outcome)> run)
{
    private readonly List<double> _nanoseconds = [];

    public string Name => name;

    /// <summary>Equal for all contenders, or one of them has done something else.</summary>
    public long Checksum { get; private set; }

    /// <summary>Processor time per event, over pieces.</summary>
    public double Median => _nanoseconds.Median();

    public double Least => _nanoseconds.Min();

    /// <summary>The same without what was measured so far.</summary>
    public Contender Anew() => new(name, run);

    public void Run(int piece, bool isWarmUp)
    {
        long start = CpuClock.Nanoseconds();
        (long events, long outcome) = run(piece);
        long taken = CpuClock.Nanoseconds() - start;
        Checksum = unchecked((Checksum * 31 + events) * 31 + outcome);
        if (!isWarmUp)
        {
            _nanoseconds.Add((double)taken / events);
        }
    }

    /// <summary>All in turn, piece by piece; the first piece is not counted.</summary>
    public static void Race(IReadOnlyList<Contender> all, int pieces)
    {
        for (int piece = 0; piece <= pieces; piece++)
        {
            foreach (Contender one in all)
            {
                one.Run(piece, isWarmUp: piece == 0);
            }
        }
    }
}
