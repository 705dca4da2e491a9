using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Addresses;

/// <summary>One address that several nodes announce by BGP.</summary>
/// <param name="Name">Such as <c>api-vip</c>.</param>
/// <param name="Keepalive">A speaker is heard so often; kube-vip 10 s.</param>
/// <param name="Hold">The router forgets the routes of a speaker not heard for so long; kube-vip 30 s.</param>
/// <param name="Check">Null: speakers announce whether what the address leads to works or not.</param>
public sealed record BgpOptions(string Name, SimDuration Keepalive, SimDuration Hold, BgpCheck? Check);

/// <summary>A speaker's check of what the address leads to on its own node. One success is enough to announce again.</summary>
/// <param name="Period">Time from the start of one check to the next; kube-vip 5 s.</param>
/// <param name="Timeout">A check that is not answered fails after so long; kube-vip 3 s.</param>
/// <param name="Failures">So many failures in a row withdraw the route; kube-vip 3.</param>
public sealed record BgpCheck(SimDuration Period, SimDuration Timeout, int Failures);

/// <summary>A node that announces the address.</summary>
/// <param name="Process">kube-vip or another speaker.</param>
/// <param name="Host">The machine is up and on its network.</param>
/// <param name="Backend">What the address leads to on this node works and answers.</param>
/// <param name="BackendAccepts">It takes connections in; while this is false a check fails at once.</param>
/// <param name="Connects">Time from the start of the process, or the return of its network, until the router has its route.</param>
public sealed record BgpSpeaker(ProcessSignals Process, Signal Host, Signal Backend, Signal BackendAccepts, Law Connects);
