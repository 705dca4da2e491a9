using System.Buffers.Binary;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>
/// Where in a log the blocks of each series are: a file of places, as of a long run there are very many. It holds nothing that the log does not tell,
/// so nobody reads it after the process.
/// </summary>
/// <param name="file">Can be read, written and sought; owned by the table.</param>
internal sealed class PlaceTable(Stream file) : IDisposable
{
    /// <summary>Places of a series are together, so that a series need not have all of them.</summary>
    private const int PlacesOfPage = 512;

    private const int Size = sizeof(long);

    private readonly Dictionary<(string Series, long Page), int> _pages = [];
    private readonly byte[] _place = new byte[Size];

    /// <summary>Blocks that have a place.</summary>
    public int Count { get; private set; }

    public static PlaceTable InFolder(string folder)
    {
        string path = Path.Combine(folder, ".checkpoint.places.tmp");
        File.Delete(path);
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0);
        // It has no name any more: whatever ends the process, nothing of it is left.
        File.Delete(path);
        return new PlaceTable(file);
    }

    /// <param name="series">Which series.</param>
    /// <param name="block">Its number.</param>
    /// <param name="place">Positive.</param>
    public void Set(string series, long block, long place)
    {
        (string, long) key = (series, block / PlacesOfPage);
        if (!_pages.TryGetValue(key, out int page))
        {
            page = _pages.Count;
            file.SetLength((page + 1L) * PlacesOfPage * Size);
            _pages.Add(key, page);
        }
        Count += PlaceOf(series, block) is null ? 1 : 0;
        BinaryPrimitives.WriteInt64LittleEndian(_place, place);
        Seek(page, block);
        file.Write(_place);
    }

    public long? PlaceOf(string series, long block)
    {
        if (!_pages.TryGetValue((series, block / PlacesOfPage), out int page))
        {
            return null;
        }
        Seek(page, block);
        file.ReadExactly(_place);
        return BinaryPrimitives.ReadInt64LittleEndian(_place) is > 0 and var place ? place : null;
    }

    public void Clear()
    {
        _pages.Clear();
        file.SetLength(0);
        Count = 0;
    }

    public void Dispose() => file.Dispose();

    private void Seek(int page, long block) => file.Position = (((long)page * PlacesOfPage) + (block % PlacesOfPage)) * Size;
}
