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
    private readonly List<Block> _blocks = [];
    private readonly List<(int Block, int Length, long Start)> _places = [];
    private readonly List<ServiceRow> _open = [];
    private long _start;

    /// <summary>What was seen, in order.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

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
        _start = _open.Count == 0 ? start : _start;
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
        if (_blocks.Count > 0 && block.Index <= _blocks[^1].Index)
        {
            throw new ArgumentException($"Block {block.Index} comes after block {_blocks[^1].Index}.");
        }
        Block placed = held.Place(block, file is null ? null : this);
        _blocks.Add(placed);
        if (!placed.IsHeld)
        {
            _places.Add((block.Index, checked((int)(end - _start)), _start));
        }
        _open.Clear();
    }

    public IReadOnlyList<ServiceRow> RowsOf(int block)
    {
        (_, int length, long start) = _places[_places.BinarySearch((block, 0, 0), ByBlock)];
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

    private static readonly Comparer<(int Block, int Length, long Start)> ByBlock =
        Comparer<(int Block, int Length, long Start)>.Create((one, other) => one.Block.CompareTo(other.Block));

    private static IOException Changed(int block, Exception? fault) =>
        new($"block {block} in replications.msgpack has changed while it was read", fault);
}
