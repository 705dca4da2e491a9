using System.Collections;
using FailoverSim.Kernel.Replications;

namespace FailoverSim.Analysis.Studies;

/// <summary>What was measured in each replication of a run, in order; of a long run it is read again each time where it was kept.</summary>
/// <param name="store">Where; null for nowhere, and all is held.</param>
/// <param name="of">One vector for each replication of a block.</param>
/// <param name="most">The first so many are held.</param>
internal sealed class ReplicationMeasures(
    IBlockStore? store, Func<ReplicationBlock, IReadOnlyList<double[]>> of, int most = 1 << 15) : IReadOnlyCollection<double[]>
{
    private readonly Dictionary<int, IReadOnlyList<double[]>> _held = [];
    private int _blocks;

    public int Count { get; private set; }

    /// <summary>To be called for each block from the first on.</summary>
    public void Add(ReplicationBlock block)
    {
        IReadOnlyList<double[]> measures = of(block);
        if (Count < most || store?.Holds(block.Index) != true)
        {
            _held.Add(_blocks, measures);
        }
        _blocks++;
        Count += measures.Count;
    }

    public IEnumerator<double[]> GetEnumerator() =>
        Enumerable.Range(0, _blocks).SelectMany(block => _held.GetValueOrDefault(block) ?? of(Read(block))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReplicationBlock Read(int block) =>
        store!.Find(block) ?? throw new IOException($"block {block} of the measures is no longer where it was kept");
}
