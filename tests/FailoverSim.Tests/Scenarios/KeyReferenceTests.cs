using FailoverSim.Scenario.Output;
using Xunit;

namespace FailoverSim.Tests.Scenarios;

public class KeyReferenceTests
{
    [Fact]
    public void Documented_keys_are_those_that_the_reader_knows() =>
        Golden.Matches(Path.Combine(Repository.Root, "engine", "docs", "keys.md"), KeyReference.Text());
}
