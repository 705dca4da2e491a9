using System.Runtime.CompilerServices;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>The recorders of all services; they look only when time is about to advance.</summary>
internal sealed class Recorders
{
    private readonly ServiceRecorder[] _recorders;
    private readonly Dictionary<int, int[]> _recordersOf;
    private readonly int[] _firstSlo;
    private readonly bool[] _isDirty;
    private readonly List<int> _dirty = [];
    private readonly IReadOnlyList<string> _causes;
    private readonly IReadOnlyList<string> _stages;
    private readonly int _sloCount;
    private bool _recording;

    public Recorders(ModelBuilder builder, SignalGraph signals)
    {
        IReadOnlyList<ServiceDeclaration> services = builder.Services;
        _causes = [.. builder.Causes];
        _stages = [.. builder.Stages];
        _recorders = [.. services.Select((s, i) => new ServiceRecorder(s, i, signals, _causes.Count, _stages.Count))];
        _isDirty = new bool[_recorders.Length];
        _firstSlo = new int[services.Count];
        for (int i = 0; i < services.Count; i++)
        {
            _firstSlo[i] = _sloCount;
            _sloCount += services[i].Objectives.Count;
        }
        _recordersOf = services
            .SelectMany((s, i) => new[] { (Signal: s.Up.Index, Recorder: i), (Signal: s.Support.Index, Recorder: i) })
            .GroupBy(pair => pair.Signal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Recorder).Distinct().ToArray());
        foreach (int signal in _recordersOf.Keys)
        {
            signals.Watch(new Signal(signal), Watch.Recorded);
        }
    }

    public void Begin(long now, long end)
    {
        _recording = true;
        foreach (ServiceRecorder recorder in _recorders)
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Note(SignalChanges changes)
    {
        if (_recording)
        {
            foreach (int signal in changes.Recorded)
            {
                foreach (int recorder in _recordersOf[signal])
                {
                    if (!_isDirty[recorder])
                    {
                        _isDirty[recorder] = true;
                        _dirty.Add(recorder);
                    }
                }
            }
        }
        changes.Recorded.Clear();
    }

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
            rows[i] = _recorders[i].Finish(now, replication, _sloCount, _firstSlo[i]);
        }
        Stop();
        return rows;
    }

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
        return new ResultNames([.. _recorders.Select(r => r.Service.Name)], _causes, _stages, slos);
    }
}
