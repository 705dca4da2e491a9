using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Tables;

/// <summary>Where rows of one variant are that are not held in memory. Asked by all threads at once.</summary>
public interface IRowSource
{
    /// <summary>The rows of a block, the same each time.</summary>
    /// <exception cref="IOException">They are no longer there.</exception>
    IReadOnlyList<ServiceRow> RowsOf(int block);
}
