using System.Collections.Immutable;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Kernel.Observation;

/// <summary>What a window of the horizon must satisfy to be met.</summary>
/// <param name="Name">Name of the SLO.</param>
/// <param name="Window">Length of the consecutive windows from the end of warm-up; a remainder is dropped.</param>
/// <param name="DownAtMost">Down time that a window may hold.</param>
/// <param name="NoOutageOver">No outage longer than this may start in a window; <see cref="SimDuration.Never"/>: any may.</param>
public sealed record Objective(string Name, SimDuration Window, SimDuration DownAtMost, SimDuration NoOutageOver)
{
    /// <summary>
    /// Every instant of the horizon that a whole window precedes is judged by that window, in place of tiles; down time alone
    /// can be limited so.
    /// </summary>
    public bool Rolls { get; init; }

    /// <summary>
    /// Windows of their own lengths in place of tiles: in order, without a gap between them, all within the horizon. Null: tiles.
    /// </summary>
    public ImmutableArray<WindowSpan>? Spans { get; init; }
}
