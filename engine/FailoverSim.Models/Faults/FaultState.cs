using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Faults;

internal struct FaultState
{
    public Cause Cause;

    public long StruckAt;

    /// <summary>Strikes so far, lost ones included: numbers the draws of the next.</summary>
    public int Strikes;

    /// <summary>The process struck in a role; of a link both ways (0), there (1) or back (2).</summary>
    public int Choice;

    /// <summary>What is waited for while another procedure has taken over from the fault's own; 0: none has.</summary>
    public int StageOfOther;

    public FaultPhase Phase;
}

internal enum FaultPhase : byte
{
    /// <summary>The next strike is to come.</summary>
    Quiet,
    Answering,
    Queued,

    /// <summary>It lasts, or somebody repairs it.</summary>
    Ending,

    /// <summary>Another procedure has taken over.</summary>
    TakenOver,
}
