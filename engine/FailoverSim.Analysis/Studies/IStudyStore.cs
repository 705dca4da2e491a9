using FailoverSim.Kernel.Replications;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Analysis.Studies;

/// <summary>Where the blocks of a whole study are kept while it is run.</summary>
public interface IStudyStore
{
    /// <param name="series">Which of the runs of the study: <c>compare NAME</c> or the like; its specification and seed never change.</param>
    /// <param name="names">Names behind the indices of its rows.</param>
    IBlockStore Of(string series, ResultNames names);
}
