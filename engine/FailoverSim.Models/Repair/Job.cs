namespace FailoverSim.Models.Repair;

internal struct Job
{
    public const int Nobody = -2;
    public const int NobodyNeeded = -1;

    /// <summary>When the need arose.</summary>
    public long Since;

    /// <summary>Where it waits, or waited last.</summary>
    public int Line;

    /// <summary>The crew that has it in hand, or one of the constants.</summary>
    public int Crew;

    public bool IsPaused;

    /// <summary>The need is there, and will be told later: to wait in the order of needs, not of calls.</summary>
    public bool IsForeseen;
}
