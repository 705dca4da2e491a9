using System.Text;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Library;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>A study of ten blocks and a short one, of a scenario and a variant, whose rows are compared byte by byte.</summary>
internal static class SmallStudy
{
    public const string Text = """
        failoversim: 1
        name: small
        units: {node: {count: 3, fails: exp(20d), repair: {takes: exp(1d)}}}
        services: {quorum: {up-when: 2 of node}}
        run: {horizon: 1y, replications: 645, seed: 9}
        compare: {five: {set: {units.node.count: 5}}}
        """;

    /// <summary>Of both variants.</summary>
    public const int Blocks = 22;

    public static RunIdentity Run { get; } = new([("scenario", "small"), ("seed", "9")]);

    public static StudyPlan Plan(IStudyStore? store, long? replications = null)
    {
        ScenarioReading reading = ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(Text));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Diagnostics));
        return new StudyPlan(reading, count => $"failoversim run small.yaml --replications {count}")
        {
            Store = store,
            Replications = replications,
            Threads = 2,
        };
    }

    /// <summary>The folder of one share of it, or of another scenario that is called <c>small</c>, in <paramref name="folder"/>.</summary>
    public static string Shard(string folder, Shard shard, long replications, string text = Text) =>
        Shard(folder, shard, Plan(null, replications) with { Reading = ScenarioFile.Read("small.yaml", Encoding.UTF8.GetBytes(text)) });

    public static string Shard(string folder, Shard shard, StudyPlan plan)
    {
        string path = Path.Combine(folder, ShardFolder.NameOf("small", shard));
        Directory.CreateDirectory(path);
        ShardFolder.Write(path, shard, Study.RunShard(plan, shard)!, plan.Reading, plan.Others, plan.Repeat(plan.Replications!.Value));
        return path;
    }

    /// <summary>The rows of a study with that store.</summary>
    public static byte[] Rows(IStudyStore? store, long? replications = null)
    {
        using MemoryStream rows = new();
        ReplicationsFile.Write(rows, ResultShard.Of(Study.Run(Plan(store, replications))!.Results));
        return rows.ToArray();
    }

    public static Checkpoint Open(Stream file, ResultShard? saved = null) => new(file, Run, TimeProvider.System, saved);

    public static MemoryStream Holding(ReadOnlySpan<byte> content)
    {
        MemoryStream file = new();
        file.Write(content);
        return file;
    }
}
