using FailoverSim.Kernel;

namespace FailoverSim.Models.Units;

/// <summary>What an outage of a generic unit can be waiting for.</summary>
internal sealed class Stages(ModelBuilder builder)
{
    /// <summary>Nobody knows yet that the unit has failed.</summary>
    public int Undetected { get; } = builder.Stage("undetected");

    /// <summary>The crew has been called and has not answered.</summary>
    public int Answer { get; } = builder.Stage("answer");

    /// <summary>The job queues for the crew.</summary>
    public int Crew { get; } = builder.Stage("crew");

    /// <summary>A part is out of stock.</summary>
    public int Spare { get; } = builder.Stage("spare");

    /// <summary>The work itself.</summary>
    public int Repair { get; } = builder.Stage("repair");

    /// <summary>A waiting unit has been called and does not run yet.</summary>
    public int Switch { get; } = builder.Stage("switch");

    /// <summary>Something outside holds the unit down.</summary>
    public int Held { get; } = builder.Stage("held");

    /// <summary>There is no repair.</summary>
    public int Unrepaired { get; } = builder.Stage("unrepaired");
}
