using System.Numerics;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Replications;

/// <summary>Runs replications on several threads and hands out their results in order, whoever was faster.</summary>
/// <param name="build">Builds the model; called once per thread.</param>
/// <param name="warmUp">Simulated before the observed horizon.</param>
/// <param name="horizon">Observed time of each replication.</param>
/// <param name="threads">At least 1.</param>
/// <param name="measure">What is asked of each replication when it has ended, beside its rows; null for nothing.</param>
/// <param name="store">Blocks that are there already, and where others are kept as they become finished; null for none.</param>
public sealed class ReplicationRunner(
    Func<Simulation> build, SimDuration warmUp, SimDuration horizon, int threads, Func<Simulation, double[]>? measure = null,
    IBlockStore? store = null)
{
    /// <summary>Runs the blocks in order of index; leaving the loop early stops the workers.</summary>
    /// <param name="firstReplication">A multiple of <see cref="ReplicationBlock.Size"/>.</param>
    /// <param name="replications">How many at most; the last block may be short.</param>
    /// <param name="stopIssuing">No further block is begun, but those begun are finished: which replications count is decided
    /// before their results are known, so a limit of wall-clock time does not favour quick (lucky) ones.</param>
    /// <param name="interrupt">Every thread finishes its replication at most; the results up to the first gap are handed out.</param>
    public IEnumerable<ReplicationBlock> Run(
        long firstReplication, long replications, CancellationToken stopIssuing, CancellationToken interrupt) =>
        Run(firstReplication, replications, Shard.Whole, stopIssuing, interrupt);

    /// <param name="firstReplication">A multiple of <see cref="ReplicationBlock.Size"/>.</param>
    /// <param name="replications">How many at most, of all shards together.</param>
    /// <param name="shard">Only the blocks that are its.</param>
    /// <param name="stopIssuing">As above.</param>
    /// <param name="interrupt">As above; the gap is one among the blocks of the shard.</param>
    /// <inheritdoc cref="Run(long, long, CancellationToken, CancellationToken)"/>
    public IEnumerable<ReplicationBlock> Run(
        long firstReplication, long replications, Shard shard, CancellationToken stopIssuing, CancellationToken interrupt)
    {
        using Work work = new(this, firstReplication, replications, shard, stopIssuing, interrupt);
        while (work.Next() is { } block)
        {
            yield return block;
            if (block.Replications < work.SizeOf(block.Index))
            {
                yield break;
            }
        }
    }

    private sealed class Work : IDisposable
    {
        /// <summary>How far ahead of the reader blocks may be begun, per thread: bounds memory when one block is slow.</summary>
        private const int Lead = 16;

        private readonly ReplicationRunner _runner;
        private readonly long _end;
        private readonly int _step;
        private readonly CancellationToken _stopIssuing;
        private readonly CancellationToken _interrupt;
        private readonly Dictionary<long, ReplicationBlock> _finished = [];
        private readonly Thread[] _threads;
        private readonly Lock _lock = new();
        private readonly SemaphoreSlim _changed = new(0);
        private readonly SemaphoreSlim _room;
        private readonly CancellationTokenSource _leave = new();
        private long _issued;
        private long _read;
        private int _working;
        private Exception? _failure;

        public Work(
            ReplicationRunner runner, long first, long count, Shard shard, CancellationToken stopIssuing, CancellationToken interrupt)
        {
            _runner = runner;
            _end = first + count;
            _step = shard.Count;
            long start = first / ReplicationBlock.Size;
            _issued = _read = start + ((((shard.Index - start) % _step) + _step) % _step);
            _stopIssuing = stopIssuing;
            _interrupt = interrupt;
            _room = new SemaphoreSlim(runner.Threads * Lead);
            _working = runner.Threads;
            _threads = [.. Enumerable.Range(0, runner.Threads).Select(i => new Thread(Labour)
            {
                IsBackground = true,
                Name = $"replications-{i}",
            })];
            foreach (Thread thread in _threads)
            {
                thread.Start();
            }
        }

        /// <summary>The next block in order; null when there will be none.</summary>
        public ReplicationBlock? Next()
        {
            while (true)
            {
                lock (_lock)
                {
                    if (_failure is not null)
                    {
                        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
                    }
                    if (_finished.Remove(_read, out ReplicationBlock? block))
                    {
                        _read += _step;
                        _room.Release();
                        return block;
                    }
                    if (_working == 0)
                    {
                        return null;
                    }
                }
                _changed.Wait(CancellationToken.None);
            }
        }

        public int SizeOf(long block) =>
            (int)Math.Min(ReplicationBlock.Size, _end - (block * ReplicationBlock.Size));

        public void Dispose()
        {
            _leave.Cancel();
            foreach (Thread thread in _threads)
            {
                thread.Join();
            }
            _leave.Dispose();
            _room.Dispose();
            _changed.Dispose();
        }

        private void Labour()
        {
            try
            {
                Simulation? simulation = null;
                while (Take() is long block)
                {
                    ReplicationBlock? result = Stored(block);
                    if (result is null)
                    {
                        simulation ??= _runner.Build();
                        result = RunBlock(simulation, block);
                        if (result.Replications == SizeOf(block))
                        {
                            _runner.Store?.Keep(result);
                        }
                    }
                    lock (_lock)
                    {
                        _finished.Add(block, result);
                    }
                    _changed.Release();
                }
            }
#pragma warning disable CA1031 // Whatever stops a worker is thrown again where the results are read.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                lock (_lock)
                {
                    _failure ??= failure;
                }
            }
            lock (_lock)
            {
                _working--;
            }
            _changed.Release();
        }

        private long? Take()
        {
            CancellationToken[] reasons = [_leave.Token, _stopIssuing, _interrupt];
            using CancellationTokenSource any = CancellationTokenSource.CreateLinkedTokenSource(reasons);
            try
            {
                _room.Wait(any.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            lock (_lock)
            {
                if (any.IsCancellationRequested || _failure is not null || _issued * ReplicationBlock.Size >= _end)
                {
                    return null;
                }
                long block = _issued;
                _issued += _step;
                return block;
            }
        }

        private ReplicationBlock? Stored(long block) =>
            _runner.Store?.Find(block) is { } found && found.Replications == SizeOf(block)
            && (_runner.Measure is null || found.Measures.Count == found.Replications)
                ? found : null;

        private ReplicationBlock RunBlock(Simulation simulation, long block)
        {
            int size = SizeOf(block);
            List<ServiceRow> rows = [];
            List<double[]> measures = [];
            ulong fingerprint = 0;
            long events = 0;
            int done = 0;
            while (done < size && !_interrupt.IsCancellationRequested && !_leave.IsCancellationRequested)
            {
                rows.AddRange(simulation.Run((block * ReplicationBlock.Size) + done, _runner.WarmUp, _runner.Horizon));
                fingerprint = unchecked((BitOperations.RotateLeft(fingerprint, 19) ^ simulation.FingerprintValue) * 0xD1342543DE82EF95);
                if (_runner.Measure is { } measure)
                {
                    measures.Add(measure(simulation));
                }
                events += simulation.Events;
                done++;
            }
            return new ReplicationBlock(block, rows, done, fingerprint, events) { Measures = measures };
        }
    }

    private int Threads => threads;

    private SimDuration WarmUp => warmUp;

    private SimDuration Horizon => horizon;

    private Simulation Build() => build();

    private Func<Simulation, double[]>? Measure => measure;

    private IBlockStore? Store => store;
}
