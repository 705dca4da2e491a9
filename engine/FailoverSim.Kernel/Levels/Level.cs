namespace FailoverSim.Kernel.Levels;

/// <summary>A share in whole parts of 2²⁰, such as the requests answered while a dead backend is still in rotation. Gates never read one.</summary>
public readonly record struct Level(int Index)
{
    /// <summary>All of it.</summary>
    public const int Whole = 1 << 20;
}
