using System.Globalization;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.MessagePack;
using Microsoft.Win32.SafeHandles;

namespace FailoverSim.Reporting.Tables;

/// <summary>
/// <c>replications.msgpack</c>: one map of names and one row per variant, replication and service, from which every figure
/// can be derived again. Layout in <c>engine/docs/output.md</c>. The same scenario, seed and replications give the same bytes.
/// </summary>
public static class ReplicationsFile
{
    public const string Format = "failoversim-replications";
    public const int Version = 5;

    /// <summary>As many as an array of MessagePack can have.</summary>
    public const long MostRows = uint.MaxValue;

    /// <summary>Above the bucket of the longest duration that the clock can hold.</summary>
    private static readonly int MostBuckets = DurationBuckets.IndexOf(long.MaxValue) + 1;

    /// <summary>Why so many rows do not fit into a file; null if they do.</summary>
    public static string? WhyTooMany(long replications, int services, int variants) =>
        (Int128)replications * services * variants is var rows && rows <= MostRows ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"replications × services × variants are {rows} rows ({replications} × {services} × {variants}), and replications.msgpack takes {MostRows}");

    public static void Write(string path, ResultSet results) => Write(path, ResultShard.Of(results));

    public static void Write(string path, ResultShard results) => AtomicFile.Write(path, stream => Write(stream, results));

    /// <summary>Straight from the rows: nothing is built in memory on the way.</summary>
    public static void Write(Stream stream, ResultShard results)
    {
        ArgumentNullException.ThrowIfNull(results);
        long rows = results.Tables.Sum(table => table.Blocks.Sum(block => (long)block.Replications * table.Names.Services.Count));
        if (rows > MostRows)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{rows} rows do not fit into replications.msgpack, which takes {MostRows}"));
        }
        var writer = new MessagePackWriter(stream);
        writer.WriteMapHeader(10);
        writer.Write("format");
        writer.Write(Format);
        writer.Write("version");
        writer.Write(Version);
        writer.Write("scenario");
        writer.Write(results.Origin.Scenario);
        writer.Write("hash");
        writer.Write(results.Origin.Hash);
        writer.Write("engine");
        writer.Write(results.Origin.EngineVersion);
        writer.Write("seed");
        writer.Write(results.Origin.Seed);
        writer.Write("replications");
        writer.Write(results.PlannedReplications);
        writer.Write("blockSize");
        writer.Write(Block.Size);
        writer.Write("variants");
        writer.WriteArrayHeader(results.Tables.Count);
        foreach (ShardTable table in results.Tables)
        {
            VariantNames.Write(writer, table);
        }
        // After the names, so that a reader knows them when the rows come.
        writer.Write("rows");
        writer.WriteArrayHeader(rows);
        for (int variant = 0; variant < results.Tables.Count; variant++)
        {
            foreach (Block block in results.Tables[variant].Blocks)
            {
                foreach (ServiceRow row in block.Rows)
                {
                    ReplicationRow.Write(writer, variant, row);
                }
            }
        }
    }

    /// <summary>Rows beyond the first are left in the file, which stays open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="held">Who says which rows are held, where that is to be said of several files; null: of this one.</param>
    /// <exception cref="InvalidDataException">Not such a file, of another version, or damaged.</exception>
    public static ResultShard Read(string path, HeldRows? held = null)
    {
        using FileStream stream = ResultFile.Open(path);
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        bool isLeft = false;
        try
        {
            ResultShard results = Read(stream, file, held ?? new HeldRows());
            isLeft = results.Tables.Any(table => table.Blocks.Any(block => !block.IsHeld));
            return results;
        }
        finally
        {
            if (!isLeft)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Everything, held in memory.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of another version, or damaged.</exception>
    public static ResultShard Read(Stream stream) => Read(stream, null, new HeldRows());

    private static ResultShard Read(Stream stream, SafeFileHandle? file, HeldRows held)
    {
        var reader = new MessagePackReader(stream);
        string format = "", scenario = "", hash = "", engine = "";
        int version = 0;
        ulong seed = 0;
        long replications = 0;
        ShardTable[] tables = [];
        int keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "format":
                    format = reader.ReadString();
                    break;
                case "version":
                    version = reader.ReadInt32();
                    break;
                case "scenario":
                    scenario = reader.ReadString();
                    break;
                case "hash":
                    hash = reader.ReadString();
                    break;
                case "engine":
                    engine = reader.ReadString();
                    break;
                case "seed":
                    seed = reader.ReadUInt64();
                    break;
                case "replications":
                    replications = reader.ReadInt64();
                    break;
                case "blockSize" when reader.ReadInt32() is var size && size != Block.Size:
                    throw reader.Fault($"blocks of {size} replications where {Block.Size} belong");
                case "blockSize":
                    break;
                case "variants":
                    tables = ReadArray(reader, VariantNames.Read);
                    break;
                case "rows":
                    if (format != Format || version != Version)
                    {
                        throw reader.Fault($"format '{format}' version {version} where '{Format}' version {Version} belongs");
                    }
                    tables = ReadRows(reader, tables, file, held);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return format == Format
            ? new ResultShard(new Origin(scenario, hash, engine, seed), replications, tables)
            : throw reader.Fault($"no '{Format}' file");
    }

    private static ShardTable[] ReadRows(MessagePackReader reader, ShardTable[] tables, SafeFileHandle? file, HeldRows held)
    {
        SavedRows[] saved = [.. tables.Select(table => new SavedRows(file, table.Names))];
        int last = 0;
        try
        {
            long rows = reader.ReadLongArrayHeader();
            for (long i = 0; i < rows; i++)
            {
                long start = reader.Position;
                var (variant, row) = ReplicationRow.Read(reader);
                if (variant < 0 || variant >= tables.Length || row.Replication < 0 || !Fits(row, tables[variant].Names))
                {
                    throw reader.Fault($"row {i} (variant {variant}, replication {row.Replication}) does not fit the names");
                }
                if (row.UpNanoseconds + row.DownNanoseconds != tables[variant].HorizonNanoseconds || row.Replication / Block.Size > int.MaxValue)
                {
                    throw reader.Fault($"row {i} (variant {variant}, replication {row.Replication}) is not of this run");
                }
                if (variant < last)
                {
                    throw reader.Fault($"row {i} is of variant {variant}, and comes after rows of variant {last}");
                }
                if (variant > last)
                {
                    saved[last].End(start, held);
                    last = variant;
                }
                saved[variant].Add(row, start, held);
            }
            if (rows > 0)
            {
                saved[last].End(reader.Position, held);
            }
            return [.. tables.Zip(saved, (table, rows) => table with { Blocks = rows.Blocks })];
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    /// <summary>Whether every index of the row has a name: no estimator need ask again.</summary>
    internal static bool Fits(ServiceRow row, ResultNames names) =>
        RowBounds.Hold(row)
        && row.Service >= 0 && row.Service < names.Services.Count
        && row.DownByCause.Count == names.Causes.Count
        && row.DownByStage.Count == names.Stages.Count
        && row.LossByStage.Count == names.Stages.Count
        && row.LossByStage.Zip(row.DownByStage).All(stage => stage.First >= 0 && stage.First <= stage.Second)
        && row.LossCount >= 0 && row.LossCount <= row.OutageCount
        && row.LostRequestNanoseconds is not < 0
        && SloColumns.Fit(row, names)
        && row.Counts.Count == (row.Service == 0 ? names.Counters.Count : 0)
        && row.Counts.All(count => count >= 0)
        && MembersFit(row, names)
        && CombinationsFit(row, names)
        && (row.MarginNanoseconds.Count == 0 || RowBounds.SumTo(row.MarginNanoseconds, (Int128)row.UpNanoseconds + row.DownNanoseconds))
        && row.Outages.All(o =>
            o.Cause >= 0 && o.Cause < names.Causes.Count && o.Stage >= 0 && o.Stage < names.Stages.Count && o.Duration >= 0)
        && Enumerable.Range(0, row.Outages.Count).All(i => SharesFit(row, i, names))
        && (row.Histogram is null || row.Histogram.All(b => b.Key >= 0 && b.Key < MostBuckets && b.Value >= 0));

    /// <summary>Whether the members of the fleet have names, each once, and their numbers can be.</summary>
    private static bool MembersFit(ServiceRow row, ResultNames names)
    {
        if (row.MemberLosses < 0 || row.MemberLosses > row.MemberOutages || (row.Service != 0 && row.Members.Count > 0))
        {
            return false;
        }
        int previous = -1;
        foreach (MemberRow member in row.Members)
        {
            if (member.Member <= previous || member.Member >= names.Fleet.Count
                || member.DownNanoseconds < 0 || member.OutageCount < 0 || member.LostRequestNanoseconds < 0
                || member.LongestOutage < 0 || member.LongestOutage > member.DownNanoseconds
                || member.CarriedInNanoseconds < 0 || member.CarriedInNanoseconds > member.DownNanoseconds)
            {
                return false;
            }
            previous = member.Member;
        }
        return true;
    }

    /// <summary>Whether what the outages began with has names, and makes up all of them.</summary>
    private static bool CombinationsFit(ServiceRow row, ResultNames names)
    {
        for (int i = 0; i < row.Combinations.Count; i++)
        {
            CombinationShare share = row.Combinations[i];
            if (share.Root < 0 || share.Root >= names.Causes.Count || share.Losses < 0 || share.Losses > share.Outages)
            {
                return false;
            }
            foreach (KindCount kind in row.CombinationKinds[i])
            {
                if (kind.Cause < 0 || kind.Cause >= names.Causes.Count || kind.Count < 1)
                {
                    return false;
                }
            }
        }
        return row.Combinations.Count == 0
            || (RowBounds.SumTo(row.Combinations.Select(share => share.Nanoseconds), row.DownNanoseconds)
                && RowBounds.SumTo(row.Combinations.Select(share => share.Outages), row.OutageCount)
                && RowBounds.SumTo(row.Combinations.Select(share => share.Losses), row.LossCount));
    }

    /// <summary>Whether the causes and the stages of an outage have names, and each kind makes up its duration.</summary>
    private static bool SharesFit(ServiceRow row, int outage, ResultNames names)
    {
        Int128 byCause = 0, byStage = 0;
        foreach (CauseShare share in row.OutageCauses[outage])
        {
            if (share.Cause < 0 || share.Cause >= names.Causes.Count || share.Nanoseconds < 0)
            {
                return false;
            }
            byCause += share.Nanoseconds;
        }
        foreach (StageShare share in row.OutageStages[outage])
        {
            if (share.Stage < 0 || share.Stage >= names.Stages.Count || share.Nanoseconds < 0)
            {
                return false;
            }
            byStage += share.Nanoseconds;
        }
        long duration = row.Outages[outage].Duration;
        return byCause == duration && byStage == duration;
    }

    internal static T[] ReadArray<T>(MessagePackReader reader, Func<MessagePackReader, T> read)
    {
        int count = reader.ReadArrayHeader();
        // So many are believed before they are there.
        T[] array = count == 0 ? [] : new T[Math.Min(count, 4096)];
        for (int i = 0; i < count; i++)
        {
            if (i == array.Length)
            {
                Array.Resize(ref array, (int)Math.Min(count, 2L * i));
            }
            array[i] = read(reader);
        }
        return array;
    }
}
