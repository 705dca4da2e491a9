using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Networking;

/// <summary>Cluster DNS and those who ask it.</summary>
/// <param name="Ttl">
/// How long a client goes on with an address that it has been told (CoreDNS' kubernetes plugin, <c>ttl</c>); zero: each request needs a lookup.
/// </param>
/// <param name="Timeout">A resolver sends its lookup again after so long without an answer (resolv.conf, <c>timeout</c>).</param>
/// <param name="Attempts">It sends it so often, then the lookup has failed (resolv.conf, <c>attempts</c>).</param>
public sealed record DnsOptions(SimDuration Ttl, SimDuration Timeout, int Attempts)
{
    /// <summary>Tries of a lookup whose answer comes within a time; the first is sent at once.</summary>
    public int TriesWithin(SimDuration time) =>
        (int)Math.Min(Attempts, (time.Nanoseconds + Timeout.Nanoseconds - 1) / Timeout.Nanoseconds);
}
