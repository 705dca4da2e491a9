using FailoverSim.Kernel;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Vrrp;

/// <summary>What an advertisement says. Priority 0: its sender stops.</summary>
internal readonly record struct Advertisement(int From, int To, int Priority);

/// <summary>Advertisements on their way between the instances of a group. A process that hangs reads them when it goes on.</summary>
internal sealed class Advertisements(ModelBuilder builder, string name, IReadOnlyList<LinkEnds> ends, VrrpGroup group)
    : LinkSet<Advertisement>(builder, name, ends, Capacity)
{
    private const int Capacity = 4;

    /// <summary>Sends one; the sender has seen to it that it leaves its machine.</summary>
    public void Announce(int link, in Advertisement advertisement, SimDuration latency) => Send(link, in advertisement, latency);

    protected override void OnDelivered(int link, in Advertisement message) => group.Hear(message);

    protected override void OnRefused(int link, in Advertisement message)
    {
    }
}
