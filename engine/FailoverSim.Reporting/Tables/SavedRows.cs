using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.MessagePack;
using Microsoft.Win32.SafeHandles;

namespace FailoverSim.Reporting.Tables;

/// <summary>The rows of one variant in <c>replications.msgpack</c>, read again block by block from where they were seen.</summary>
/// <param name="file">Stays open: what the file is replaced with does not matter. Null: nothing can be read again, and all is held.</param>
/// <param name="names">Names behind the indices of the rows.</param>
internal sealed class SavedRows(SafeFileHandle? file, ResultNames names) : IRowSource
{
    private readonly BlockList _blocks = new();
    private readonly List<ServiceRow> _open = [];

    /// <summary>Where each block begins, and the last one ends.</summary>
    private readonly List<long> _places = [];

    /// <summary>What was seen, in order.</summary>
    public BlockList Blocks => _blocks;

    /// <summary>Takes the next row.</summary>
    /// <param name="row">Fits the names.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="held">Who says which rows are held.</param>
    /// <exception cref="ArgumentException">Rows are missing, or not in order.</exception>
    public void Add(ServiceRow row, long start, HeldRows held)
    {
        if (_open.Count > 0 && _open[0].Replication / Block.Size != row.Replication / Block.Size)
        {
            End(start, held);
        }
        if (_open.Count == (long)Block.Size * names.Services.Count)
        {
            throw new ArgumentException($"Block {row.Replication / Block.Size} has too many rows.");
        }
        if (_places.Count == 0)
        {
            _places.Add(start);
        }
        _open.Add(row);
    }

    /// <summary>The rows of a block are complete.</summary>
    /// <param name="end">Where something else begins.</param>
    /// <param name="held">Who says which rows are held.</param>
    public void End(long end, HeldRows held)
    {
        if (_open.Count == 0)
        {
            return;
        }
        Block block = new(checked((int)(_open[0].Replication / Block.Size)), _open.ToArray(), names.Services.Count);
        _blocks.Add(held.Place(block, file is null ? null : this));
        _places.Add(end);
        _open.Clear();
    }

    public IReadOnlyList<ServiceRow> RowsOf(int block)
    {
        int position = _blocks.PositionOf(block)!.Value;
        long start = _places[position];
        int length = checked((int)(_places[position + 1] - start));
        byte[] content = new byte[length];
        for (int read = 0; read < length;)
        {
            int more = RandomAccess.Read(file!, content.AsSpan(read), start + read);
            read += more > 0 ? more : throw Changed(block, null);
        }
        try
        {
            MessagePackReader reader = new(new MemoryStream(content));
            List<ServiceRow> rows = [];
            while (reader.Position < length)
            {
                rows.Add(ReplicationRow.Read(reader).Row);
            }
            Block again = new(block, rows, names.Services.Count);
            return rows.TrueForAll(row => ReplicationsFile.Fits(row, names)) ? again.Rows : throw Changed(block, null);
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException or OverflowException)
        {
            throw Changed(block, fault);
        }
    }

    private static IOException Changed(int block, Exception? fault) =>
        new($"block {block} in replications.msgpack has changed while it was read", fault);
}
