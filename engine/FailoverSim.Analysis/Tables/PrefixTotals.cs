using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Totals of every service, and of every counter, over the blocks 0 … n − 1 of one variant: what the stopping rule looks at.</summary>
public sealed class PrefixTotals(ResultNames names)
{
    private readonly ServiceTotals[] _services =
        [.. Enumerable.Range(0, names.Services.Count).Select(service => new ServiceTotals(names, service))];

    private readonly ReplicationSum[] _counters = [.. names.Counters.Select(_ => new ReplicationSum())];

    /// <summary>Blocks added so far.</summary>
    public int Blocks { get; private set; }

    /// <summary>Indexed by service.</summary>
    public IReadOnlyList<ServiceTotals> Services => _services;

    /// <summary>How often things happened, indexed by counter.</summary>
    public IReadOnlyList<ReplicationSum> Counters => _counters;

    /// <summary>Adds the next block; a prefix has no gaps.</summary>
    public void Add(Block block)
    {
        if (block.Index != Blocks)
        {
            throw new ArgumentException($"Block {block.Index} where block {Blocks} is next.", nameof(block));
        }
        foreach (ServiceRow row in block.Rows)
        {
            _services[row.Service].Add(row);
            for (int i = 0; i < row.Counts.Count; i++)
            {
                _counters[i].Add(row.Counts[i]);
            }
        }
        Blocks++;
    }
}
