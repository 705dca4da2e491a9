using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Totals of every service over the blocks 0 … n − 1 of one variant: what the stopping rule looks at.</summary>
public sealed class PrefixTotals(ResultNames names)
{
    private readonly ServiceTotals[] _services =
        [.. Enumerable.Range(0, names.Services.Count).Select(service => new ServiceTotals(names, service))];

    /// <summary>Blocks added so far.</summary>
    public int Blocks { get; private set; }

    /// <summary>Indexed by service.</summary>
    public IReadOnlyList<ServiceTotals> Services => _services;

    /// <summary>Adds the next block; a prefix has no gaps.</summary>
    public void Add(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Index != Blocks)
        {
            throw new ArgumentException($"Block {block.Index} where block {Blocks} is next.", nameof(block));
        }
        foreach (ServiceRow row in block.Rows)
        {
            _services[row.Service].Add(row);
        }
        Blocks++;
    }
}
