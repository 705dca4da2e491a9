using System.Collections.Immutable;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Repair;

/// <summary>Like jobs: they need the same people, the same part and the same work, and matter to the same services.</summary>
/// <param name="Index">Place in the workshop's list of classes.</param>
/// <param name="Crews">Indices of the crews that may do them, in order of preference; empty: nobody is needed.</param>
/// <param name="Shelf">Index of the part used up; −1: none.</param>
/// <param name="Services">Margins of the services that the units belong to: the least distance from falling is the urgency.</param>
public sealed record JobClass(int Index, ImmutableArray<int> Crews, int Shelf, ImmutableArray<Signal> Services);

/// <summary>Whose jobs a workshop does.</summary>
public interface IJobOwner
{
    /// <summary>Somebody starts, or resumes, the job of a slot.</summary>
    void Begin(int slot, bool resumed);

    /// <summary>The job is interrupted for a more urgent one.</summary>
    void Pause(int slot);

    /// <summary>Writes all that tells the job of a slot from others of its class; jobs that write the same are exchangeable.</summary>
    void EncodeJob(int slot, StateWriter writer);

    /// <summary>The job waits: for a part that is out of stock, or for somebody free and on duty.</summary>
    void AwaitTurn(int slot, bool partMissing);
}
