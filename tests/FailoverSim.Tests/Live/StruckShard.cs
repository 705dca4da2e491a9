using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>Kills one shard of several between two of its blocks, whoever has started it.</summary>
internal static class StruckShard
{
    /// <param name="shards">Folder of all shards.</param>
    /// <param name="study">Name of the study.</param>
    /// <param name="count">So many shards.</param>
    /// <param name="kill">Kills that shard; whether it was there to be killed.</param>
    /// <param name="waitUntil">Waits, and fails when it takes too long.</param>
    /// <returns>The shard that was killed with blocks finished, and others not.</returns>
    public static int Of(string shards, string study, int count, Func<int, bool> kill, Action<Func<bool>, string> waitUntil)
    {
        for (int shard = 0; shard < count; shard++)
        {
            string results = Path.Combine(shards, $"{study}-shard-{shard}-of-{count}");
            bool Finished() => File.Exists(Path.Combine(results, "manifest.json"));
            // The first record names the run, in a few hundred bytes.
            bool OneBlock() => new FileInfo(Path.Combine(results, "checkpoint.blocks")) is { Exists: true, Length: > 1000 };
            waitUntil(() => OneBlock() || Finished(), $"shard {shard} has a finished block");
            if (kill(shard) && !Finished())
            {
                return shard;
            }
        }
        Assert.Fail("Each shard had finished before it could be killed.");
        return -1;
    }
}
