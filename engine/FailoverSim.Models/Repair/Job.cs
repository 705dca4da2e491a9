namespace FailoverSim.Models.Repair;

internal struct Job
{
    public const int Nobody = -1;
    public const int NobodyNeeded = -2;

    /// <summary>When the need arose.</summary>
    public long Since;

    public int Class;

    /// <summary>The crew that has it in hand, or one of the constants.</summary>
    public int Crew;

    public bool HasPart;

    public bool IsPaused;
}
