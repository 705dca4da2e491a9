using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>The states of one entity as they come; kept are those that overlap a window.</summary>
/// <param name="name">Of the entity.</param>
/// <param name="windows">Of which states are kept.</param>
/// <param name="hasRoom">Asked for each of them.</param>
internal sealed class EntityRecording(string name, Windows windows, Func<bool> hasRoom)
{
    private readonly List<StateSpan> _spans = [];
    private SimTime _since;
    private Occurrence? _cause;

    public string Name => name;

    /// <summary>What it is doing; null until it has told.</summary>
    public string? State { get; private set; }

    public List<TimelineEvent> Notes { get; } = [];

    public StateTrack Track => new(name, _spans, Notes);

    public void Change(SimTime time, string state, Occurrence? cause)
    {
        if (state == State)
        {
            return;
        }
        Close(time);
        (_since, State, _cause) = (time, state, cause);
    }

    public void Close(SimTime time)
    {
        if (State is not null && time > _since && windows.Overlap(_since, time) && hasRoom())
        {
            _spans.Add(new StateSpan(_since, time, State, _cause));
        }
    }
}
