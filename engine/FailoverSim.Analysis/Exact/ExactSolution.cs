using FailoverSim.Kernel.Exploration;

namespace FailoverSim.Analysis.Exact;

/// <summary>How much a solution may cost; no bound is one of time, so that what is solved is the same everywhere.</summary>
/// <param name="Exploration">How many states.</param>
/// <param name="Work">Entries of matrices visited for each of: the long run, the observed horizon, and each service's first outage.</param>
/// <param name="HorizonToo">Whether the observed horizon is solved besides the long run.</param>
public sealed record ExactLimits(ExplorationLimits Exploration, double Work, bool HorizonToo = true)
{
    private const long MiB = 1 << 20;

    /// <summary>For its own sake: minutes, and two gibibytes.</summary>
    public static ExactLimits Thorough { get; } = new(new ExplorationLimits(2_000_000, 20_000_000_000, 1536 * MiB, BeyondObstacles: 200_000), 3e10);

    /// <summary>Beside a simulation: a second or so.</summary>
    public static ExactLimits Quick { get; } = new(new ExplorationLimits(20_000, 30_000_000, 128 * MiB, BeyondObstacles: 0), 2e8);
}

/// <summary>What solving a scenario came to.</summary>
/// <param name="Solution">Null if it cannot be solved, or not within the limits.</param>
/// <param name="Obstacles">What is in the way; empty if nothing is, or a limit was reached.</param>
/// <param name="LimitReached">Which limit; null if none was.</param>
public sealed record ExactOutcome(ExactSolution? Solution, IReadOnlyList<Obstacle> Obstacles, string? LimitReached);

/// <summary>The figures of a Markov chain, exact but for rounding.</summary>
/// <param name="States">How many it has.</param>
/// <param name="Transitions">How many there are between them.</param>
/// <param name="Method">How the long run was solved: <c>gth</c> or <c>gauss-seidel</c>.</param>
/// <param name="Services">In the order of the scenario.</param>
public sealed record ExactSolution(int States, int Transitions, string Method, IReadOnlyList<ExactService> Services);

/// <summary>One service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LongRun">In the long run.</param>
/// <param name="MeanTimeToFirst">Seconds from t = 0 to the first outage; +∞ if it may never come, null if it costs too much.</param>
/// <param name="Horizon">Within the horizon that a run observes; null if that costs too much.</param>
public sealed record ExactService(string Name, ExactRates LongRun, double? MeanTimeToFirst, ExactHorizon? Horizon);

/// <summary>How long and how often a service is down.</summary>
/// <param name="Unavailability">Expected share of time down.</param>
/// <param name="FailoverShare">Part of it with the support there: what comes back unaided.</param>
/// <param name="OutagesPerSecond">Outages that begin.</param>
public sealed record ExactRates(double Unavailability, double FailoverShare, double OutagesPerSecond)
{
    /// <summary>Seconds; 0/0 without outages.</summary>
    public double MeanOutage => Unavailability / OutagesPerSecond;
}

/// <summary>Within the observed horizon, where every figure is what the simulation estimates.</summary>
/// <param name="Rates">Expected share of the horizon down, and outages that begin in it by its length.</param>
/// <param name="AnyOutage">Probability that one begins.</param>
/// <param name="MeanTimeToFirst">Seconds: the mean of the lesser of first outage and horizon, over <paramref name="AnyOutage"/>.</param>
public sealed record ExactHorizon(ExactRates Rates, double? AnyOutage, double? MeanTimeToFirst);
