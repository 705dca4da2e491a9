using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>The states of one entity as they come; kept are those that overlap a window.</summary>
internal sealed class EntityRecording(string name, Windows windows)
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
        if (State is not null && time > _since && windows.Overlap(_since, time))
        {
            _spans.Add(new StateSpan(_since, time, State, _cause));
        }
    }
}
