using System.Buffers.Binary;
using System.Collections.Concurrent;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Reporting.Checkpoints;
using FailoverSim.Reporting.Tables;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Durability;

/// <summary>Whatever happens to a file of finished blocks: no block that is whole in it is lost, and no result is wrong.</summary>
public sealed class CheckpointTests
{
    private const int Cuts = 200;
    private const int FullDisks = 20;

    private static readonly Lazy<byte[]> Undisturbed = new(() => SmallStudy.Rows(null));
    private static readonly Lazy<byte[]> Finished = new(() =>
    {
        MemoryStream file = new();
        using Checkpoint checkpoint = SmallStudy.Open(file);
        Assert.Equal(Undisturbed.Value, SmallStudy.Rows(checkpoint));
        Assert.Equal(SmallStudy.Blocks, checkpoint.Blocks);
        return file.ToArray();
    });

    [Fact]
    public void A_file_cut_off_anywhere_gives_back_every_block_before_the_cut_and_the_same_results()
    {
        long[] ends = Ends(Finished.Value);
        Random random = new(20261130);
        for (int cut = 0; cut < Cuts; cut++)
        {
            int length = random.Next(Finished.Value.Length + 1);
            using Checkpoint checkpoint = SmallStudy.Open(SmallStudy.Holding(Finished.Value.AsSpan(0, length)));
            // The first record says of which run the blocks are.
            Assert.Equal(Math.Max(0, ends.Count(end => end <= length) - 1), checkpoint.Blocks);
            if (cut % 20 == 0)
            {
                Assert.Equal(Undisturbed.Value, SmallStudy.Rows(checkpoint));
                Assert.Equal(SmallStudy.Blocks, checkpoint.Blocks);
            }
        }
    }

    [Fact]
    public void A_changed_byte_never_gives_a_wrong_result()
    {
        Random random = new(7);
        for (int i = 0; i < 10; i++)
        {
            byte[] damaged = [.. Finished.Value];
            damaged[random.Next((int)Ends(damaged)[0], damaged.Length)] ^= (byte)(1 << random.Next(8));
            using Checkpoint checkpoint = SmallStudy.Open(SmallStudy.Holding(damaged));
            Assert.InRange(checkpoint.Blocks, 0, SmallStudy.Blocks - 1);
            Assert.Equal(Undisturbed.Value, SmallStudy.Rows(checkpoint));
        }
    }

    [Fact]
    public void A_full_disk_is_told_and_loses_nothing_that_was_kept()
    {
        for (int i = 1; i <= FullDisks; i++)
        {
            // From where the header has room to the last byte but one.
            long header = Ends(Finished.Value)[0];
            FullDisk disk = new(header + ((Finished.Value.Length - header - 1) * i / FullDisks));
            using Checkpoint full = SmallStudy.Open(disk);
            IOException told = Assert.Throws<IOException>(() => SmallStudy.Rows(full));
            Assert.Contains("No space left", told.Message, StringComparison.Ordinal);
            using Checkpoint again = SmallStudy.Open(SmallStudy.Holding(disk.ToArray()));
            Assert.Equal(full.Blocks, again.Blocks);
            Assert.Equal(Undisturbed.Value, SmallStudy.Rows(again));
        }
    }

    [Fact]
    public void A_file_on_a_full_disk_stays_as_it_was()
    {
        using TempFolder folder = new();
        string path = folder.Write("table.csv", "old");
        for (int room = 0; room < FullDisks; room++)
        {
            Assert.Throws<IOException>(() => AtomicFile.Write(path, file =>
            {
                using FullDisk disk = new(room);
                file.Write(new byte[room]);
                disk.Write(new byte[room + 1]);
            }));
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Single(Directory.GetFileSystemEntries(folder.Path));
        }
    }

    [Fact]
    public void More_replications_of_a_finished_run_are_those_of_a_longer_run()
    {
        ResultShard few = ReplicationsFile.Read(new MemoryStream(SmallStudy.Rows(null, 200)));
        MemoryStream file = new();
        using Checkpoint checkpoint = SmallStudy.Open(file, few);
        Assert.Equal(Undisturbed.Value, SmallStudy.Rows(checkpoint));
        // Three full blocks of each variant were there; the short one is another in a longer run.
        Assert.Equal(SmallStudy.Blocks - 6, checkpoint.Blocks);
    }

    [Fact]
    public void Rows_that_are_not_held_in_memory_are_read_where_they_were_kept()
    {
        ResultShard all = ReplicationsFile.Read(new MemoryStream(Undisturbed.Value));
        using Checkpoint checkpoint = SmallStudy.Open(SmallStudy.Holding(Finished.Value));
        ShardTable[] read = [.. all.Tables.Select(table =>
        {
            HeldRows held = new(most: 2 * Block.Size);
            StoredRows stored = new(checkpoint.Of(RunStudy.SeriesOf(table.Variant), table.Names));
            return table with { Blocks = [.. table.Blocks.Select(block => held.Place(block, stored.From(block.Index)))] };
        })];
        Assert.Same(read[0].Blocks[1].Rows, read[0].Blocks[1].Rows);
        Assert.NotSame(read[0].Blocks[2].Rows, read[0].Blocks[2].Rows);
        using MemoryStream written = new();
        ReplicationsFile.Write(written, all with { Tables = read });
        Assert.Equal(Undisturbed.Value, written.ToArray());
    }

    [Fact]
    public void Blocks_of_another_run_are_refused_or_thrown_away()
    {
        RunIdentity other = new([("scenario", "small"), ("seed", "10")]);
        CheckpointException refusal = Assert.Throws<CheckpointException>(
            () => new Checkpoint(SmallStudy.Holding(Finished.Value), other, TimeProvider.System));
        Assert.Equal("its seed is 9 and not 10", refusal.Message);
        using Checkpoint anew = new(SmallStudy.Holding(Finished.Value), other, TimeProvider.System, restart: true);
        Assert.Equal(0, anew.Blocks);
        Assert.Throws<CheckpointException>(() => SmallStudy.Open(SmallStudy.Holding(Foreign())));
    }

    [Fact]
    public void A_file_that_does_not_say_of_which_run_it_is_stays_as_it_is()
    {
        byte[] damaged = [.. Finished.Value];
        damaged[20] ^= 1;
        MemoryStream file = SmallStudy.Holding(damaged);
        Assert.Contains("beginning", Assert.Throws<CheckpointException>(() => SmallStudy.Open(file)).Message, StringComparison.Ordinal);
        Assert.Equal(damaged, file.ToArray());
        using Checkpoint anew = new(SmallStudy.Holding(damaged), SmallStudy.Run, TimeProvider.System, restart: true);
        Assert.Equal(0, anew.Blocks);
    }

    [Fact]
    public void Only_one_at_a_time_writes_to_a_folder()
    {
        using TempFolder folder = new();
        using (FolderLock.Take(folder.Path))
        {
            IOException refusal = Assert.Throws<IOException>(() => FolderLock.Take(folder.Path));
            Assert.Contains("another run is writing", refusal.Message, StringComparison.Ordinal);
        }
        FolderLock.Take(folder.Path).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>Also when one lets go while a second has opened what it removes, and a third makes it anew.</summary>
    [Fact]
    public void However_many_want_a_folder_at_once_one_has_it_and_the_others_are_told()
    {
        using TempFolder folder = new();
        const int Each = 5_000;
        int inside = 0, taken = 0;
        ConcurrentBag<string> wrong = [];
        Thread[] contenders = [.. Enumerable.Range(0, 4).Select(_ => new Thread(Contend))];
        Array.ForEach(contenders, thread => thread.Start());
        Array.ForEach(contenders, thread => thread.Join());
        Assert.Equal("", string.Join('\n', wrong.Distinct()));
        Assert.InRange(taken, 1, Each * contenders.Length);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        void Contend()
        {
            for (int i = 0; i < Each; i++)
            {
                try
                {
                    using FolderLock held = FolderLock.Take(folder.Path);
                    Interlocked.Increment(ref taken);
                    if (Interlocked.Increment(ref inside) != 1)
                    {
                        wrong.Add("two have it");
                    }
                    Thread.SpinWait(1_000);
                    Interlocked.Decrement(ref inside);
                }
                catch (IOException refusal)
                {
                    if (!refusal.Message.Contains("another run is writing", StringComparison.Ordinal))
                    {
                        wrong.Add(refusal.Message);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(7)]
    public void Shards_share_all_replications(int count)
    {
        foreach (long replications in new long[] { 1, 63, 64, 65, 128, 645, 6400 })
        {
            Assert.Equal(replications, Enumerable.Range(0, count).Sum(index => new Shard(index, count).ReplicationsOf(replications)));
        }
    }

    /// <summary>A record that is whole, and no header of ours.</summary>
    private static byte[] Foreign()
    {
        MemoryStream file = new();
        using RecordLog log = new(file, TimeProvider.System);
        log.Append([0x93, 1, 2, 3]);
        return file.ToArray();
    }

    private static long[] Ends(byte[] file)
    {
        List<long> ends = [];
        for (int place = 0; place < file.Length;)
        {
            place += 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(place));
            ends.Add(place);
        }
        return [.. ends];
    }

    /// <summary>Has room for so many bytes; what does not fit is written as far as it does.</summary>
    private sealed class FullDisk(long room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            long left = room - Position;
            base.Write(buffer, offset, (int)Math.Clamp(left, 0, count));
            if (left < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
