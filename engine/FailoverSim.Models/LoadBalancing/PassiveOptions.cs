using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>How nginx, open source, learns of dead servers: from the requests of clients alone.</summary>
/// <param name="MaxFails">Failures that take a server out (<c>max_fails</c>, default 1).</param>
/// <param name="FailTimeout">How long it stays out before a request is tried on it (<c>fail_timeout</c>, default 10 s).</param>
/// <param name="ConnectTimeout">Limit for a connection (<c>proxy_connect_timeout</c>, default 60 s).</param>
/// <param name="AnswerTimeout">Limit for an answer (<c>proxy_read_timeout</c> of HTTP, default 60 s); never where a hang is no failure, as with TCP streams.</param>
/// <param name="RequestsPerSecond">New requests per second through one balancer; each server gets an equal share of them, as a Poisson process.</param>
public sealed record PassiveOptions(
    int MaxFails, SimDuration FailTimeout, SimDuration ConnectTimeout, SimDuration AnswerTimeout, double RequestsPerSecond)
{
    /// <summary>nginx 1.31, TCP stream.</summary>
    public static PassiveOptions Nginx(double requestsPerSecond) => new(
        1, SimDuration.FromSeconds(10), SimDuration.FromSeconds(60), SimDuration.Never, requestsPerSecond);
}
