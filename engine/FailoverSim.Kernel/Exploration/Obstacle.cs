using FailoverSim.Kernel.Laws;

namespace FailoverSim.Kernel.Exploration;

/// <summary>Why a model is no Markov chain over its own states.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Component">Name of the component, or of the service.</param>
/// <param name="Entity">The first of its entities that was met.</param>
/// <param name="Law">Of a clock: what it follows.</param>
/// <param name="What">Of a calendar: what follows it.</param>
public sealed record Obstacle(ObstacleKind Kind, string Component, string Entity, Law? Law = null, string? What = null);

public enum ObstacleKind
{
    /// <summary>A clock follows a law that is no choice between sums of exponential stages: what is left of it depends on its age.</summary>
    Clock,

    /// <summary>Something waits for a fixed instant.</summary>
    Deadline,

    /// <summary>A reaction draws a number of which nobody knows what may come of it.</summary>
    Draw,

    /// <summary>The date decides.</summary>
    Calendar,

    /// <summary>A service is a figure over others, or a share, and no state.</summary>
    View,
}
