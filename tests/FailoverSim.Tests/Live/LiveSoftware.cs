using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>Tests of real software run alone, after all others: they measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class LiveSoftware
{
    public const string Name = "live";
}
