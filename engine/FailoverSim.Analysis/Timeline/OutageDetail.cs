using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>Why one outage lasts, read instant by instant. Phases are kept as far as there is room; how long it waited for what is exact.</summary>
internal sealed class OutageDetail(Signal up, SignalGraph signals, ResultNames names, FaultMemory faults, RecordingBounds bounds)
{
    private readonly List<OutagePhase> _phases = [];
    private readonly List<(string Stage, SimDuration Length)> _stages = [];
    private readonly HashSet<Occurrence> _causes = [];
    private HeldConditions? _conditions = new(signals, faults);
    private OutagePhase? _last;

    public IReadOnlyList<OutagePhase> Phases => _phases;

    public long MorePhases { get; private set; }

    /// <summary>How many of these wait for something else than the one before.</summary>
    public long MoreStages { get; private set; }

    /// <summary>The faults that held it down at some time, the first of many.</summary>
    public IReadOnlyCollection<Occurrence> Causes => _causes;

    /// <summary>How often one joined that is not among them.</summary>
    public long MoreCauses { get; private set; }

    /// <summary>How long it has been read.</summary>
    public SimDuration Length { get; private set; }

    /// <summary>How many false conditions have been read, instant by instant.</summary>
    public long Reads { get; private set; }

    /// <summary>How long it went on without being read.</summary>
    public SimDuration Unread { get; private set; }

    public IReadOnlyList<string> LetThrough { get; private set; } = [];

    /// <summary>Empty until it has ended.</summary>
    public IReadOnlyList<HeldDown> Held { get; private set; } = [];

    public IEnumerable<(string Stage, SimDuration Length)> Stages => _stages.OrderByDescending(stage => stage.Length);

    public long Size { get; private set; }

    /// <summary>Between two instants nothing has changed.</summary>
    /// <returns>How many false conditions were read.</returns>
    public int Read(SimTime from, SimTime to)
    {
        HeldConditions conditions = _conditions!;
        conditions.Read(up, to - from);
        Signal decisive = signals.DecisiveOf(up);
        (string stage, string condition) = (names.Stages[signals.StageOf(decisive)], signals.NameOf(decisive));
        Count(stage, to - from);
        Name(conditions);
        if (conditions.Joined.Count + conditions.LeftCount == 0 && _last?.Stage == stage && _last.Condition == condition)
        {
            Extend(to);
        }
        else
        {
            Occurrence[] causes = conditions.Ends(_last is null ? bounds.Causes : bounds.CausesOfPhase);
            Add(new OutagePhase(from, to, stage, condition, causes, conditions.Causes.Count - causes.Length));
        }
        Reads += conditions.PresentCount;
        return conditions.PresentCount;
    }

    public void Skip(SimDuration length) => Unread += length;

    public void Close()
    {
        Held = [.. _conditions!.ByLength(names.Stages)];
        _conditions = null;
        Size = Held.Count + _causes.Count + _phases.Sum(phase => 1L + phase.Causes.Count);
    }

    private void Add(OutagePhase phase)
    {
        if (_last?.Continues(phase) == true)
        {
            Extend(phase.End);
            return;
        }
        if (_phases.Count < bounds.Phases)
        {
            _phases.Add(phase);
        }
        else
        {
            MorePhases++;
            MoreStages += _last!.Stage == phase.Stage ? 0 : 1;
        }
        _last = phase;
    }

    private void Extend(SimTime to)
    {
        _last = _last! with { End = to };
        if (MorePhases == 0)
        {
            _phases[^1] = _last;
        }
    }

    private void Name(HeldConditions conditions)
    {
        if (_last is null)
        {
            LetThrough = [.. conditions.Causes.SkipLast(1).Select(cause => cause.Cause).Distinct()];
        }
        foreach (Occurrence cause in conditions.Joined)
        {
            if (_causes.Count < bounds.Causes)
            {
                _causes.Add(cause);
            }
            else if (!_causes.Contains(cause))
            {
                MoreCauses++;
            }
        }
    }

    private void Count(string stage, SimDuration length)
    {
        Length += length;
        int known = _stages.FindIndex(other => other.Stage == stage);
        if (known < 0)
        {
            _stages.Add((stage, length));
        }
        else
        {
            _stages[known] = (stage, _stages[known].Length + length);
        }
    }
}
