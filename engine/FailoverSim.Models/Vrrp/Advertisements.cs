using FailoverSim.Kernel;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Vrrp;

/// <summary>What an advertisement says. Priority 0: its sender stops.</summary>
internal readonly record struct Advertisement(int From, int To, int Priority);

/// <summary>Advertisements on their way between the instances of a group. A process that hangs reads them when it goes on.</summary>
internal sealed class Advertisements : LinkSet<Advertisement>
{
    private const int Capacity = 4;

    private readonly VrrpGroup _group;

    public Advertisements(ModelBuilder builder, string name, IReadOnlyList<LinkEnds> ends, VrrpGroup group)
        : base(builder, name, ends, Capacity) => _group = group;

    /// <summary>A datagram to all: nobody answers for a process that is dead.</summary>
    protected override bool TellsOfRefusals => false;

    /// <summary>Sends one; the sender has seen to it that it leaves its machine.</summary>
    public void Announce(int link, in Advertisement advertisement, SimDuration latency) => Send(link, in advertisement, latency);

    protected override void OnDelivered(int link, in Advertisement message) => _group.Hear(message);

    protected override void OnRefused(int link, in Advertisement message)
    {
    }
}
