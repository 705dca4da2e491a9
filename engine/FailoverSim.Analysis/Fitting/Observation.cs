namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// What is known of one duration, in seconds: it was watched from the age <see cref="Entry"/> on and ended within
/// (<see cref="Low"/>, <see cref="High"/>]; equal bounds are an exact time, an infinite one is a time still running at
/// <see cref="Low"/> (right-censored).
/// </summary>
/// <param name="Entry">Age at which watching began: had it ended before, nobody would know of it (left truncation). 0 from new.</param>
/// <param name="Low">Least duration.</param>
/// <param name="High">Greatest duration; +∞ if it was still running.</param>
/// <param name="Limit">Where watching would have ended anyway; +∞ if not known.</param>
/// <param name="AgeUnknown">
/// Times count from the first look at something of unknown age: a residual life, of density S(t)/mean in a process long under
/// way [Cox 62].
/// </param>
public readonly record struct Observation(
    double Entry, double Low, double High, double Limit = double.PositiveInfinity, bool AgeUnknown = false)
{
    public static Observation Exact(double time, double entry = 0) => new(entry, time, time);

    public static Observation Censored(double time, double entry = 0) => new(entry, time, double.PositiveInfinity, time);

    public static Observation Within(double low, double high, double entry = 0) => new(entry, low, high);

    public bool IsExact => Low == High;

    public bool IsCensored => double.IsPositiveInfinity(High);

    public bool IsInterval => !IsExact && !IsCensored;

    /// <summary>The duration, the middle of its interval, or how long it ran at least.</summary>
    public double Time => IsCensored ? Low : 0.5 * (Low + High);
}
