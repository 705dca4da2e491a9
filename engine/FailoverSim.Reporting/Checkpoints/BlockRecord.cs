using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.MessagePack;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>A finished block of replications as it is kept: series, number, fingerprint, events, measures, rows.</summary>
internal static class BlockRecord
{
    private const int Fields = 7;

    public static byte[] Write(string series, ReplicationBlock block)
    {
        using MemoryStream content = new();
        MessagePackWriter writer = new(content);
        writer.WriteArrayHeader(Fields);
        writer.Write(series);
        writer.Write(block.Index);
        writer.Write(block.Replications);
        writer.Write(block.Fingerprint);
        writer.Write(block.Events);
        writer.WriteArrayHeader(block.Measures.Count);
        foreach (double[] measures in block.Measures)
        {
            writer.WriteArrayHeader(measures.Length);
            foreach (double measure in measures)
            {
                writer.Write(measure);
            }
        }
        writer.WriteArrayHeader(block.Rows.Count);
        foreach (ServiceRow row in block.Rows)
        {
            ReplicationRow.Write(writer, 0, row);
        }
        return content.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no such record.</exception>
    public static (string Series, long Block) KeyOf(byte[] content)
    {
        MessagePackReader reader = Begin(content);
        return (reader.ReadString(), reader.ReadInt64());
    }

    /// <summary>A block whose rows all have names.</summary>
    /// <exception cref="InvalidDataException">It is no such record.</exception>
    public static ReplicationBlock Read(byte[] content, ResultNames names)
    {
        MessagePackReader reader = Begin(content);
        reader.ReadString();
        (long index, int replications, ulong fingerprint, long events) =
            (reader.ReadInt64(), reader.ReadInt32(), reader.ReadUInt64(), reader.ReadInt64());
        double[][] measures = ReplicationsFile.ReadArray(reader, r => ReplicationsFile.ReadArray(r, value => value.ReadDouble()));
        ServiceRow[] rows = ReplicationsFile.ReadArray(reader, r => ReplicationRow.Read(r).Row);
        try
        {
            if (new Block(checked((int)index), rows, names.Services.Count).Replications == replications
                && Array.TrueForAll(rows, row => ReplicationsFile.Fits(row, names)))
            {
                return new ReplicationBlock(index, rows, replications, fingerprint, events) { Measures = measures };
            }
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
        throw reader.Fault($"rows of block {index} do not fit the names");
    }

    private static MessagePackReader Begin(byte[] content)
    {
        MessagePackReader reader = new(new MemoryStream(content));
        return reader.ReadArrayHeader() == Fields ? reader : throw reader.Fault("no block of replications");
    }
}
