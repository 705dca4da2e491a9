using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>When active health checks start, how long each may take, and how many decide.</summary>
/// <param name="Interval">Between checks while the server is up and the last one went well (<c>inter</c>).</param>
/// <param name="Fast">Between checks while the server is about to change state (<c>fastinter</c>).</param>
/// <param name="Down">Between checks while the server is down (<c>downinter</c>).</param>
/// <param name="ConnectTimeout">Limit for the connection, counted only where <paramref name="Timeout"/> is given (<c>timeout connect</c>).</param>
/// <param name="Timeout">Limit for the answer (<c>timeout check</c>); null: the whole check is limited by the interval.</param>
/// <param name="Fall">Failures in a row that take a server out.</param>
/// <param name="Rise">Successes in a row that take it in again.</param>
/// <param name="IntervalFromStart">Intervals are counted from the start of a check, and the timeout limits all of it, as in cloud balancers; otherwise from its end, as in HAProxy. Checks never overlap.</param>
public sealed record CheckTimers(
    SimDuration Interval,
    SimDuration Fast,
    SimDuration Down,
    SimDuration ConnectTimeout,
    SimDuration? Timeout,
    int Fall,
    int Rise,
    bool IntervalFromStart)
{
    /// <summary>HAProxy 2.x and 3.x: <c>inter 2s fall 3 rise 2</c>, <c>fastinter</c> and <c>downinter</c> as <c>inter</c> unless given.</summary>
    public static CheckTimers HaProxy(
        double inter = 2,
        double? fastInter = null,
        double? downInter = null,
        double connectTimeout = 5,
        double? checkTimeout = null,
        int fall = 3,
        int rise = 2) => new(
            SimDuration.FromSeconds(inter),
            SimDuration.FromSeconds(fastInter ?? inter),
            SimDuration.FromSeconds(downInter ?? inter),
            SimDuration.FromSeconds(connectTimeout),
            checkTimeout is { } seconds ? SimDuration.FromSeconds(seconds) : null,
            fall,
            rise,
            IntervalFromStart: false);

    /// <summary>A prober of a cloud balancer: one interval, counted from the start of a check, and one timeout for all of it.</summary>
    public static CheckTimers Cloud(double interval, double timeout, int unhealthyAfter, int healthyAfter) => new(
        SimDuration.FromSeconds(interval),
        SimDuration.FromSeconds(interval),
        SimDuration.FromSeconds(interval),
        SimDuration.FromSeconds(timeout),
        SimDuration.FromSeconds(timeout),
        unhealthyAfter,
        healthyAfter,
        IntervalFromStart: true);

    /// <summary>From the start of a check until a connection that is not answered fails.</summary>
    internal SimDuration ConnectLimit =>
        Timeout is not { } limit ? Interval
        : IntervalFromStart ? limit
        : ConnectTimeout < Interval ? ConnectTimeout : Interval;

    /// <summary>From the start of a check until an answer that does not come fails.</summary>
    internal SimDuration AnswerLimit(SimDuration connected) =>
        Timeout is not { } limit ? Interval
        : IntervalFromStart ? limit
        : connected + limit;
}
