using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Addresses;

/// <summary>A machine that can have a virtual address on its interface.</summary>
/// <param name="Announcer">The process that puts it there and announces it: kube-vip, keepalived.</param>
/// <param name="Host">The machine is up and on its network.</param>
/// <param name="Backend">What the address leads to there works, such as the local API server or load balancer.</param>
/// <param name="TakesOver">Time from the claim until traffic arrives: gratuitous ARP and the switches' and neighbours' tables.</param>
public sealed record AddressClaimant(ProcessSignals Announcer, Signal Host, Signal Backend, Law TakesOver);
