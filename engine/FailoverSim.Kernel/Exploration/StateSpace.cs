namespace FailoverSim.Kernel.Exploration;

/// <summary>A Markov chain in continuous time: the states of a model, numbered in the order in which they were found.</summary>
public sealed class StateSpace
{
    private readonly int[] _first;
    private readonly int[] _targets;
    private readonly double[] _rates;
    private readonly ulong[] _flags;
    private readonly int _words;

    internal StateSpace(
        IReadOnlyList<string> services, IReadOnlyList<(int State, double Probability)> start, int[] first, int[] targets, double[] rates, ulong[] flags)
    {
        Services = services;
        Start = start;
        _first = first;
        _targets = targets;
        _rates = rates;
        _flags = flags;
        _words = flags.Length / Count;
    }

    /// <summary>How many states there are; like ones that differ only in which of like entities is in which state count once.</summary>
    public int Count => _first.Length - 1;

    public int Transitions => _targets.Length;

    public IReadOnlyList<string> Services { get; }

    /// <summary>Where it begins; probabilities sum to 1.</summary>
    public IReadOnlyList<(int State, double Probability)> Start { get; }

    /// <summary>Other states that a state leads to, each once, in order of number.</summary>
    public ReadOnlySpan<int> TargetsOf(int state) => _targets.AsSpan(_first[state].._first[state + 1]);

    /// <summary>Rates per second to <see cref="TargetsOf"/>.</summary>
    public ReadOnlySpan<double> RatesOf(int state) => _rates.AsSpan(_first[state].._first[state + 1]);

    public bool IsUp(int service, int state) => HasFlag(2 * service, state);

    /// <summary>Whether the service, if down, comes back unaided.</summary>
    public bool IsSupported(int service, int state) => HasFlag((2 * service) + 1, state);

    private bool HasFlag(int flag, int state) => (_flags[(state * _words) + (flag >> 6)] >> (flag & 63) & 1) != 0;
}

/// <summary>How far states are explored.</summary>
/// <param name="States">At most so many.</param>
/// <param name="Readings">At most so many entities are read, all of them after each reaction: a bound on the work that no clock has a say in.</param>
/// <param name="Bytes">At most so much memory for states that are found and not yet explored, and for transitions.</param>
/// <param name="BeyondObstacles">
/// Once something is in the way, what else is may be looked for until so many entities have been read.
/// </param>
/// <param name="Lumps">Whether like entities are exchangeable; otherwise each is told apart, for comparison.</param>
public sealed record ExplorationLimits(int States, long Readings, long Bytes, long BeyondObstacles, bool Lumps = true);

/// <summary>What came of exploring.</summary>
/// <param name="Space">Null if there are obstacles, or a limit was reached.</param>
/// <param name="Obstacles">What was found to be in the way; more may be hidden behind these.</param>
/// <param name="LimitReached">Why exploring was given up; null if it was not.</param>
/// <param name="States">How many states had been found.</param>
public sealed record ExplorationOutcome(StateSpace? Space, IReadOnlyList<Obstacle> Obstacles, string? LimitReached, int States);
