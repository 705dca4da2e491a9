using System.Runtime.CompilerServices;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>The recorders of all services; they look only when time is about to advance.</summary>
internal sealed class Recorders
{
    private readonly IRecorder[] _recorders;
    private readonly Dictionary<int, int[]> _recordersOf;
    private readonly Dictionary<int, int[]> _recordersOfLevel;
    private readonly int[] _firstSlo;
    private readonly bool[] _isDirty;
    private readonly List<int> _dirty = [];
    private readonly IReadOnlyList<string> _causes;
    private readonly IReadOnlyList<string> _stages;
    private readonly IReadOnlyList<string> _counterNames;
    private readonly CounterTable _counters;
    private readonly int _sloCount;
    private bool _recording;

    public Recorders(ModelBuilder builder, SignalGraph signals, LevelTable levels, CounterTable counters)
    {
        IReadOnlyList<ServiceDeclaration> services = builder.Services;
        _causes = [.. builder.Causes];
        _stages = [.. builder.Stages];
        _counterNames = [.. builder.Counters];
        _counters = counters;
        _recorders = [.. services.Select((s, i) => NewRecorder(s, i, signals, levels))];
        _isDirty = new bool[_recorders.Length];
        _firstSlo = new int[services.Count];
        for (int i = 0; i < services.Count; i++)
        {
            _firstSlo[i] = _sloCount;
            _sloCount += services[i].Objectives.Count;
        }
        _recordersOf = services
            .SelectMany((s, i) => s is SignalServiceDeclaration service
                ? SignalsOf(service).Select(signal => (Signal: signal.Index, Recorder: i))
                : [])
            .GroupBy(pair => pair.Signal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Recorder).Distinct().ToArray());
        _recordersOfLevel = services
            .SelectMany((s, i) => LevelOf(s) is { } level ? new[] { (Level: level.Index, Recorder: i) } : [])
            .GroupBy(pair => pair.Level)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Recorder).ToArray());
        foreach (int signal in _recordersOf.Keys)
        {
            signals.Watch(new Signal(signal), Watch.Recorded);
        }
    }

    public void Begin(long now, long end)
    {
        _recording = true;
        _counters.Begin();
        foreach (IRecorder recorder in _recorders)
        {
            recorder.Begin(now, end);
        }
    }

    public void Stop()
    {
        _recording = false;
        _dirty.Clear();
        Array.Clear(_isDirty);
    }

    /// <summary>Remembers which services must be looked at before time advances.</summary>
    public void Note(SignalChanges changes) => Note(changes.Recorded, _recordersOf);

    /// <summary>The same for services that are levels, or answer a share of their requests.</summary>
    public void Note(LevelTable levels) => Note(levels.Changed, _recordersOfLevel);

    public void Update(long now)
    {
        if (_dirty.Count == 0)
        {
            return;
        }
        foreach (int recorder in _dirty)
        {
            _recorders[recorder].Update(now);
            _isDirty[recorder] = false;
        }
        _dirty.Clear();
    }

    public ServiceRow[] Finish(long now, long replication)
    {
        ServiceRow[] rows = new ServiceRow[_recorders.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = _recorders[i].Finish(now, replication, _sloCount, _firstSlo[i], i == 0 ? _counters.Finish() : []);
        }
        Stop();
        return rows;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(List<int> changed, Dictionary<int, int[]> recordersOf)
    {
        if (_recording)
        {
            foreach (int source in changed)
            {
                // Not every level is a service.
                foreach (int recorder in recordersOf.GetValueOrDefault(source) ?? [])
                {
                    if (!_isDirty[recorder])
                    {
                        _isDirty[recorder] = true;
                        _dirty.Add(recorder);
                    }
                }
            }
        }
        changed.Clear();
    }

    private IRecorder NewRecorder(ServiceDeclaration service, int index, SignalGraph signals, LevelTable levels) => service switch
    {
        SignalServiceDeclaration signal => new ServiceRecorder(signal, index, signals, levels, _causes.Count, _stages.Count),
        LevelServiceDeclaration level => new LevelRecorder(level, index, levels, _causes.Count, _stages.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "No recorder for such a service."),
    };

    private static IEnumerable<Signal> SignalsOf(SignalServiceDeclaration service) =>
        service.Requests?.Holds is { } holds ? [service.Up, service.Support, holds] : [service.Up, service.Support];

    private static Level? LevelOf(ServiceDeclaration service) => service switch
    {
        LevelServiceDeclaration level => level.Level,
        SignalServiceDeclaration signal => signal.Requests?.Share,
        _ => null,
    };

    public ResultNames NamesFor(long horizon)
    {
        List<SloWindows> slos = [];
        for (int i = 0; i < _recorders.Length; i++)
        {
            foreach (Objective objective in _recorders[i].Service.Objectives)
            {
                slos.Add(new SloWindows(objective.Name, i, ObjectiveWindows.Count(objective, horizon)));
            }
        }
        return new ResultNames([.. _recorders.Select(r => r.Service.Name)], _causes, _stages, slos, _counterNames);
    }
}
