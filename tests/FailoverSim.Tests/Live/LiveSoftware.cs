using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>Tests that measure how long real software takes run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class LiveSoftware
{
    public const string Name = "live";
}
