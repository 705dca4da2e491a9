using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;
using MessagePack;
using Xunit;

namespace FailoverSim.Tests.Reporting;

/// <summary>MessagePack-CSharp, which C# programs have anyway, reads result files with plain attributes.</summary>
public class MessagePackCSharpTests
{
    [Fact]
    public void Classes_with_keys_read_a_result_file()
    {
        ResultSet results = SampleResults.Two();
        using MemoryStream file = new();
        ReplicationsFile.Write(file, ResultShard.Of(results));
        SavedRun read = MessagePackSerializer.Deserialize<SavedRun>(file.ToArray());
        Assert.Equal(results.Origin.Scenario, read.Scenario);
        Assert.Equal(results.Origin.Seed, read.Seed);
        Assert.Equal(results.Tables.Select(table => table.Variant), read.Variants.Select(variant => variant.Name));
        ServiceRow[] written = [.. results.Tables.SelectMany(table => table.Rows)];
        Assert.Equal(written.Length, read.Rows.Count);
        foreach ((ServiceRow expected, SavedRow row) in written.Zip(read.Rows))
        {
            Assert.Equal(expected.Replication, row.Replication);
            Assert.Equal(expected.UpNanoseconds, row.Up);
            Assert.Equal(expected.DownByCause, row.Causes);
            Assert.Equal(expected.LostRequestNanoseconds, row.LostRequests);
        }
    }

    [MessagePackObject]
    public sealed record SavedRun(
        [property: Key("scenario")] string Scenario, [property: Key("seed")] ulong Seed,
        [property: Key("variants")] IReadOnlyList<SavedVariant> Variants, [property: Key("rows")] IReadOnlyList<SavedRow> Rows);

    [MessagePackObject]
    public sealed record SavedVariant([property: Key("name")] string Name);

    [MessagePackObject]
    public sealed record SavedRow(
        [property: Key("replication")] long Replication, [property: Key("up")] long Up,
        [property: Key("causes")] IReadOnlyList<long> Causes, [property: Key("lostRequests")] long? LostRequests);
}
