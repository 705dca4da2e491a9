using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>Something that is up or down.</summary>
/// <param name="Name">Of the service or the member of the fleet.</param>
/// <param name="Up">Up while this holds.</param>
/// <param name="Support">What must work for it to come back unaided.</param>
/// <param name="IsService">Or a member of the fleet.</param>
public sealed record Followed(string Name, Signal Up, Signal Support, bool IsService);
