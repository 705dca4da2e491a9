using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.MessagePack;

namespace FailoverSim.Reporting.Tables;

/// <summary>One row of <c>replications.msgpack</c>: a map with short keys, times in nanoseconds.</summary>
internal static class ReplicationRow
{
    public static void Write(MessagePackWriter writer, int variant, ServiceRow row)
    {
        writer.WriteMapHeader(row.MarginNanoseconds.Count > 0 ? 26 : 25);
        writer.Write("variant");
        writer.Write(variant);
        writer.Write("replication");
        writer.Write(row.Replication);
        writer.Write("service");
        writer.Write(row.Service);
        writer.Write("up");
        writer.Write(row.UpNanoseconds);
        writer.Write("down");
        writer.Write(row.DownNanoseconds);
        writer.Write("outages");
        writer.Write(row.OutageCount);
        writer.Write("first");
        writer.Write(row.FirstOutageAfter);
        writer.Write("longest");
        writer.Write(row.LongestOutage);
        writer.Write("squares"); // 128 bits: high and low half
        writer.WriteArrayHeader(2);
        writer.Write((ulong)(row.SquaredDurations >> 64));
        writer.Write(unchecked((ulong)row.SquaredDurations));
        writer.Write("causes");
        WriteLongs(writer, row.DownByCause);
        writer.Write("stages");
        WriteLongs(writer, row.DownByStage);
        writer.Write("failover");
        writer.Write(row.FailoverNanoseconds);
        writer.Write("losses");
        writer.Write(row.LossCount);
        writer.Write("lossStages");
        WriteLongs(writer, row.LossByStage);
        writer.Write("lostRequests");
        if (row.LostRequestNanoseconds is { } lost)
        {
            writer.Write(lost);
        }
        else
        {
            writer.WriteNil();
        }
        SloColumns.Write(writer, row);
        writer.Write("counts");
        WriteLongs(writer, row.Counts);
        writer.Write("memberOutages");
        writer.Write(row.MemberOutages);
        writer.Write("memberLosses");
        writer.Write(row.MemberLosses);
        writer.Write("members");
        WriteMembers(writer, row.Members);
        writer.Write("combinations");
        WriteCombinations(writer, row);
        if (row.MarginNanoseconds.Count > 0)
        {
            writer.Write("margin");
            WriteLongs(writer, row.MarginNanoseconds);
        }
        writer.Write("log");
        writer.WriteArrayHeader(row.Outages.Count);
        for (int i = 0; i < row.Outages.Count; i++)
        {
            WriteOutage(writer, row.Outages[i], row.OutageCauses[i], row.OutageStages[i]);
        }
        writer.Write("histogram");
        if (row.Histogram is not { } histogram)
        {
            writer.WriteNil();
            return;
        }
        writer.WriteArrayHeader(histogram.Count);
        foreach (var (bucket, count) in histogram.OrderBy(pair => pair.Key))
        {
            writer.WriteArrayHeader(2);
            writer.Write(bucket);
            writer.Write(count);
        }
    }

    /// <summary>Flat, six numbers each: most members of most replications have none.</summary>
    private static void WriteMembers(MessagePackWriter writer, IReadOnlyList<MemberRow> members)
    {
        writer.WriteArrayHeader(6L * members.Count);
        foreach (MemberRow member in members)
        {
            writer.Write(member.Member);
            writer.Write(member.DownNanoseconds);
            writer.Write(member.OutageCount);
            writer.Write(member.LongestOutage);
            writer.Write(member.LostRequestNanoseconds);
            writer.Write(member.CarriedInNanoseconds);
        }
    }

    /// <summary>Its kinds lie flat, two numbers each.</summary>
    private static void WriteCombinations(MessagePackWriter writer, ServiceRow row)
    {
        writer.WriteArrayHeader(row.Combinations.Count);
        for (int i = 0; i < row.Combinations.Count; i++)
        {
            CombinationShare share = row.Combinations[i];
            writer.WriteArrayHeader(5);
            writer.Write(share.Root);
            writer.Write(share.Outages);
            writer.Write(share.Losses);
            writer.Write(share.Nanoseconds);
            ReadOnlySpan<KindCount> kinds = row.CombinationKinds[i];
            writer.WriteArrayHeader(2 * kinds.Length);
            foreach (KindCount kind in kinds)
            {
                writer.Write(kind.Cause);
                writer.Write(kind.Count);
            }
        }
    }

    /// <summary>The shares lie flat, three and two numbers each: most outages have one of each kind.</summary>
    private static void WriteOutage(
        MessagePackWriter writer, Outage outage, ReadOnlySpan<CauseShare> causes, ReadOnlySpan<StageShare> stages)
    {
        writer.WriteArrayHeader(7);
        writer.Write(outage.Start);
        writer.Write(outage.Duration);
        writer.Write(outage.Cause);
        writer.Write(outage.Stage);
        writer.Write(outage.IsLoss);
        writer.WriteArrayHeader(3 * causes.Length);
        foreach (CauseShare share in causes)
        {
            writer.Write(share.Cause);
            writer.Write(share.Nanoseconds);
            writer.Write((int)share.Role);
        }
        writer.WriteArrayHeader(2 * stages.Length);
        foreach (StageShare share in stages)
        {
            writer.Write(share.Stage);
            writer.Write(share.Nanoseconds);
        }
    }

    public static (int Variant, ServiceRow Row) Read(MessagePackReader reader)
    {
        int variant = -1, service = -1;
        long replication = -1, up = 0, down = 0, outages = 0, first = -1, longest = 0, failover = 0, losses = 0;
        long memberOutages = 0, memberLosses = 0;
        long? lostRequests = null;
        UInt128 squares = 0;
        long[] causes = [], stages = [], lossStages = [], counts = [];
        RaggedList<CauseShare> outageCauses = new();
        RaggedList<StageShare> outageStages = new();
        long?[] slo = [], sloLongest = [];
        RaggedList<WindowPart> sloParts = new();
        MemberRow[] members = [];
        CombinationShare[] combinations = [];
        RaggedList<KindCount> combinationKinds = new();
        long[] margin = [];
        Outage[] log = [];
        Dictionary<int, long>? histogram = null;
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "variant":
                    variant = reader.ReadInt32();
                    break;
                case "replication":
                    replication = reader.ReadInt64();
                    break;
                case "service":
                    service = reader.ReadInt32();
                    break;
                case "up":
                    up = reader.ReadInt64();
                    break;
                case "down":
                    down = reader.ReadInt64();
                    break;
                case "outages":
                    outages = reader.ReadInt64();
                    break;
                case "first":
                    first = reader.ReadInt64();
                    break;
                case "longest":
                    longest = reader.ReadInt64();
                    break;
                case "squares":
                    Expect(reader, 2);
                    squares = ((UInt128)reader.ReadUInt64() << 64) | reader.ReadUInt64();
                    break;
                case "causes":
                    causes = ReplicationsFile.ReadArray(reader, r => r.ReadInt64());
                    break;
                case "stages":
                    stages = ReplicationsFile.ReadArray(reader, r => r.ReadInt64());
                    break;
                case "failover":
                    failover = reader.ReadInt64();
                    break;
                case "losses":
                    losses = reader.ReadInt64();
                    break;
                case "lossStages":
                    lossStages = ReplicationsFile.ReadArray(reader, r => r.ReadInt64());
                    break;
                case "lostRequests":
                    lostRequests = reader.TryReadNil() ? null : reader.ReadInt64();
                    break;
                case "slo":
                    slo = SloColumns.ReadNumbers(reader);
                    break;
                case "sloLongest":
                    sloLongest = SloColumns.ReadNumbers(reader);
                    break;
                case "sloParts":
                    sloParts = SloColumns.ReadParts(reader);
                    break;
                case "counts":
                    counts = ReplicationsFile.ReadArray(reader, r => r.ReadInt64());
                    break;
                case "memberOutages":
                    memberOutages = reader.ReadInt64();
                    break;
                case "memberLosses":
                    memberLosses = reader.ReadInt64();
                    break;
                case "members":
                    members = ReadMembers(reader);
                    break;
                case "combinations":
                    combinations = ReplicationsFile.ReadArray(reader, r => ReadCombination(r, combinationKinds));
                    break;
                case "margin":
                    margin = ReplicationsFile.ReadArray(reader, r => r.ReadInt64());
                    break;
                case "log":
                    log = ReplicationsFile.ReadArray(reader, r => ReadOutage(r, outageCauses, outageStages));
                    break;
                case "histogram":
                    histogram = ReadHistogram(reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return (variant, new ServiceRow
        {
            Replication = replication,
            Service = service,
            UpNanoseconds = up,
            DownNanoseconds = down,
            OutageCount = outages,
            FirstOutageAfter = first,
            Outages = log,
            OutageCauses = outageCauses.Copy(),
            OutageStages = outageStages.Copy(),
            Histogram = histogram,
            SquaredDurations = squares,
            LongestOutage = longest,
            DownByCause = causes,
            DownByStage = stages,
            FailoverNanoseconds = failover,
            LossCount = losses,
            LossByStage = lossStages,
            LostRequestNanoseconds = lostRequests,
            SloWindowsMet = slo,
            SloLongestOutages = sloLongest,
            SloParts = sloParts,
            Counts = counts,
            MemberOutages = memberOutages,
            MemberLosses = memberLosses,
            Members = members,
            Combinations = combinations,
            CombinationKinds = combinationKinds.Copy(),
            MarginNanoseconds = margin,
        });
    }

    private static CombinationShare ReadCombination(MessagePackReader reader, RaggedList<KindCount> kinds)
    {
        Expect(reader, 5);
        CombinationShare share = new(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        for (int left = Multiple(reader, 2); left > 0; left -= 2)
        {
            kinds.Add(new KindCount(reader.ReadInt32(), reader.ReadInt32()));
        }
        kinds.EndList();
        return share;
    }

    private static MemberRow[] ReadMembers(MessagePackReader reader)
    {
        List<MemberRow> members = [];
        for (int left = Multiple(reader, 6); left > 0; left -= 6)
        {
            members.Add(new MemberRow(
                reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
        }
        return [.. members];
    }

    private static Outage ReadOutage(
        MessagePackReader reader, RaggedList<CauseShare> causes, RaggedList<StageShare> stages)
    {
        Expect(reader, 7);
        var outage = new Outage(
            reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        for (int left = Multiple(reader, 3); left > 0; left -= 3)
        {
            causes.Add(new CauseShare(reader.ReadInt32(), reader.ReadInt64(), (CauseRole)reader.ReadInt32()));
        }
        causes.EndList();
        for (int left = Multiple(reader, 2); left > 0; left -= 2)
        {
            stages.Add(new StageShare(reader.ReadInt32(), reader.ReadInt64()));
        }
        stages.EndList();
        return outage;
    }

    private static Dictionary<int, long>? ReadHistogram(MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }
        int buckets = reader.ReadArrayHeader();
        var histogram = new Dictionary<int, long>();
        for (int i = 0; i < buckets; i++)
        {
            Expect(reader, 2);
            int bucket = reader.ReadInt32();
            if (!histogram.TryAdd(bucket, reader.ReadInt64()))
            {
                throw reader.Fault($"bucket {bucket} twice");
            }
        }
        return histogram;
    }

    /// <summary>The length of an array of so many numbers for each item.</summary>
    internal static int Multiple(MessagePackReader reader, int numbers)
    {
        int length = reader.ReadArrayHeader();
        return length % numbers == 0 ? length : throw reader.Fault($"an array of {length} where {numbers} numbers for each item belong");
    }

    private static void Expect(MessagePackReader reader, int count)
    {
        int actual = reader.ReadArrayHeader();
        if (actual != count)
        {
            throw reader.Fault($"an array of {actual} where one of {count} belongs");
        }
    }

    private static void WriteLongs(MessagePackWriter writer, IReadOnlyList<long> values)
    {
        writer.WriteArrayHeader(values.Count);
        foreach (long value in values)
        {
            writer.Write(value);
        }
    }
}
