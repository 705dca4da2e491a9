using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Tables;

namespace FailoverSim.Reporting.Checkpoints;

/// <summary>
/// The finished blocks of a study that is not finished, in one file: <c>kill -9</c> loses none of them, and the same study continues
/// where it was. Blocks depend on their number alone, so the results are those of a run that nobody has stopped.
/// </summary>
public sealed class Checkpoint : IStudyStore, IDisposable
{
    /// <summary>In the folder of the study, until that is finished.</summary>
    public const string FileName = "checkpoint.blocks";

    private readonly RecordLog _log;
    private readonly PlaceTable _places;
    private readonly ResultShard? _saved;

    /// <param name="file">Its content, empty for a new one; owned by the checkpoint.</param>
    /// <param name="run">Of which run the blocks are.</param>
    /// <param name="time">For how often written blocks are sent to the disk.</param>
    /// <param name="saved">Results of the same run over fewer replications, whose blocks are used as well; null for none.</param>
    /// <param name="restart">Whether blocks of another run, and of this, are thrown away.</param>
    /// <param name="folder">Where there is room for the places of blocks; null: they are held in memory.</param>
    /// <exception cref="CheckpointException">There are blocks of another run in it.</exception>
    public Checkpoint(Stream file, RunIdentity run, TimeProvider time, ResultShard? saved = null, bool restart = false, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        _saved = saved;
        _places = folder is null ? new PlaceTable(new MemoryStream()) : PlaceTable.InFolder(folder);
        _log = new RecordLog(file, time);
        try
        {
            Open(run, restart);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Blocks that are in the file.</summary>
    public int Blocks
    {
        get
        {
            lock (_places)
            {
                return _places.Count;
            }
        }
    }

    public IBlockStore Of(string series, ResultNames names) => new Series(this, series, names);

    public void Dispose()
    {
        _log.Dispose();
        _places.Dispose();
    }

    private void Open(RunIdentity run, bool restart)
    {
        byte[] header = CheckpointHeader.Write(run);
        RunIdentity? found = null;
        try
        {
            _log.Open((place, content) =>
            {
                if (found is null)
                {
                    found = CheckpointHeader.Read(content);
                    return;
                }
                Note(BlockRecord.KeyOf(content), place);
            });
        }
        catch (InvalidDataException fault) when (!restart)
        {
            throw new CheckpointException($"it is damaged or of another version ({fault.Message.TrimEnd('.')})");
        }
        catch (InvalidDataException)
        {
            found = null;
        }
        // A crash while the first record was written leaves less than that; more is somebody's work, or another file.
        if (found is null && !restart && _log.Length > RecordLog.Frame + header.Length)
        {
            throw new CheckpointException("its beginning, which names the run, is damaged");
        }
        var difference = found is null ? null : run.DifferenceFrom(found);
        if (difference is var (name, ours, theirs) && !restart && Blocks > 0)
        {
            throw new CheckpointException($"its {name} is {theirs} and not {ours}");
        }
        if (found is null || difference is not null || restart)
        {
            _places.Clear();
            _log.Clear();
            _log.Append(header);
        }
    }

    private void Note((string Series, long Block) key, long place)
    {
        lock (_places)
        {
            _places.Set(key.Series, key.Block, place);
        }
    }

    private long? PlaceOf(string series, long block)
    {
        lock (_places)
        {
            return _places.PlaceOf(series, block);
        }
    }

    private sealed class Series(Checkpoint checkpoint, string series, ResultNames names) : IBlockStore
    {
        private readonly ShardTable? _saved = checkpoint._saved?.Tables.FirstOrDefault(table => RunStudy.SeriesOf(table.Variant) == series);

        public ReplicationBlock? Find(long block)
        {
            if (checkpoint.PlaceOf(series, block) is not { } place)
            {
                // Of its events and histories a table does not know.
                return _saved?.Find(block) is { } saved ? new ReplicationBlock(block, saved.Rows, saved.Replications, 0, 0) : null;
            }
            try
            {
                return BlockRecord.Read(checkpoint._log.Read(place), names);
            }
            catch (InvalidDataException)
            {
                // Whatever has happened to it: simulated again it is right again.
                return null;
            }
        }

        public bool Holds(long block) => checkpoint.PlaceOf(series, block) is not null || _saved?.Find(block) is not null;

        public void Keep(ReplicationBlock block)
        {
            byte[] record = BlockRecord.Write(series, block);
            try
            {
                checkpoint.Note((series, block.Index), checkpoint._log.Append(record));
            }
            catch (IOException fault)
            {
                throw new IOException(
                    $"{fault.Message.TrimEnd('.')}; {checkpoint.Blocks} finished blocks of replications are kept: make room and run the same again, it goes on from there", fault);
            }
        }
    }
}
