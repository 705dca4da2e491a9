namespace FailoverSim.Models.Faults;

/// <summary>What at most one of several processes is: a leader, the holder of an address.</summary>
public interface IRole
{
    /// <summary>The process that has the role now, by its place among those that can have it; −1: nobody.</summary>
    int Holder { get; }
}
