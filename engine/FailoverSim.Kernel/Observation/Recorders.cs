using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>
/// The recorders of all services and of the fleet, whose members are numbered after the services, and the margins of the services
/// after these; they look only when time is about to advance.
/// </summary>
internal sealed class Recorders
{
    private readonly IRecorder[] _recorders;
    private readonly FleetRecorder? _fleet;
    private readonly IReadOnlyList<FleetMember> _members;
    private readonly MarginMeter?[] _margins;
    private readonly Followers<int> _recordersOf;
    private readonly Followers<int> _recordersOfLevel;
    private readonly int[] _firstSlo;
    private readonly bool[] _isDirty;
    private readonly List<int> _dirty = [];
    private readonly IReadOnlyList<string> _causes;
    private readonly IReadOnlyList<string> _stages;
    private readonly IReadOnlyList<string> _counterNames;
    private readonly CounterTable _counters;
    private readonly RaggedList<WindowPart> _parts = new();
    private readonly int _sloCount;
    private bool _recording;

    public Recorders(ModelBuilder builder, SignalGraph signals, LevelTable levels, CounterTable counters)
    {
        IReadOnlyList<ServiceDeclaration> services = builder.Services;
        _causes = [.. builder.Causes];
        _stages = [.. builder.Stages];
        _counterNames = [.. builder.Counters];
        _counters = counters;
        _members = builder.TheFleet?.Members ?? [];
        FleetWindows[][] windows = [.. services.Select(WindowsOf)];
        _fleet = builder.TheFleet is { } fleet
            ? new FleetRecorder(
                fleet, services.SelectMany((s, i) => windows[i].Select(w => (w, MembersOf(s)))), signals, levels, _causes.Count, _stages.Count)
            : null;
        _recorders = [.. services.Select((s, i) => NewRecorder(s, i, windows[i], signals, levels))];
        _margins = [.. services.Select(s => builder.MeasuresMargin && s is SignalServiceDeclaration signal
            ? new MarginMeter(signals, signal.Up, signal.Structure, builder.Faults.Value)
            : null)];
        int firstMargin = _recorders.Length + _members.Count;
        _isDirty = new bool[firstMargin + _margins.Length];
        _firstSlo = new int[services.Count];
        for (int i = 0; i < services.Count; i++)
        {
            _firstSlo[i] = _sloCount;
            _sloCount += services[i].Objectives.Count;
        }
        (int Signal, int Recorder)[] ofSignals =
        [
            .. services.SelectMany((s, i) => SignalsOf(s).Select(signal => (signal.Index, i))),
            .. _members.SelectMany((m, i) => new[] { (m.Up.Index, _recorders.Length + i), (m.Support.Index, _recorders.Length + i) }),
            .. _margins.SelectMany((m, i) => m?.Signals.Select(signal => (signal.Index, firstMargin + i)) ?? []),
        ];
        (int Level, int Recorder)[] ofLevels =
        [
            .. services.SelectMany((s, i) => LevelOf(s) is { } level ? new[] { (level.Index, i) } : []),
            .. _members.SelectMany((m, i) => m.Share is { } share ? new[] { (share.Index, _recorders.Length + i) } : []),
        ];
        _recordersOf = new Followers<int>(signals.Count, ofSignals.Distinct());
        _recordersOfLevel = new Followers<int>(builder.LevelCount, ofLevels.Distinct());
        foreach ((int signal, _) in ofSignals)
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
        _fleet?.Begin(now);
        foreach (MarginMeter? margin in _margins)
        {
            margin?.Begin(now);
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

    /// <summary>Whether anything has been noted since the last update.</summary>
    public bool AnyNoted => _dirty.Count > 0;

    public void Update(long now)
    {
        foreach (int recorder in _dirty)
        {
            if (recorder < _recorders.Length)
            {
                _recorders[recorder].Update(now);
            }
            else if (recorder < _recorders.Length + _members.Count)
            {
                _fleet!.Update(recorder - _recorders.Length, now);
            }
            else
            {
                _margins[recorder - _recorders.Length - _members.Count]!.Update(now);
            }
            _isDirty[recorder] = false;
        }
        _dirty.Clear();
    }

    public ServiceRow[] Finish(long now, long replication)
    {
        // First the fleet, of which services may be figures.
        MemberRow[] members = _fleet?.Finish(now) ?? [];
        ServiceRow[] rows = new ServiceRow[_recorders.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = _recorders[i].Finish(
                now,
                new RowFrame(
                    replication, _sloCount, _firstSlo[i], _parts, i == 0 ? _counters.Finish() : [], i == 0 ? members : [],
                    _margins[i]?.Finish(now) ?? []));
        }
        Stop();
        return rows;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(List<int> changed, Followers<int> recordersOf)
    {
        if (_recording)
        {
            foreach (int source in changed)
            {
                foreach (int recorder in recordersOf[source])
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

    private IRecorder NewRecorder(
        ServiceDeclaration service, int index, FleetWindows[] windows, SignalGraph signals, LevelTable levels) => service switch
        {
            SignalServiceDeclaration signal => new ServiceRecorder(signal, index, signals, levels, _causes.Count, _stages.Count),
            LevelServiceDeclaration level => new LevelRecorder(level, index, levels, _causes.Count, _stages.Count),
            MeanDeclaration mean => new MeanRecorder(mean, index, _fleet!, windows, _causes.Count, _stages.Count),
            QuantileDeclaration quantile => new QuantileRecorder(quantile, index, _fleet!, windows),
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "No recorder for such a service."),
        };

    private static FleetWindows[] WindowsOf(ServiceDeclaration service) => service switch
    {
        MeanDeclaration mean => [.. mean.Objectives.Select(o => new MeanWindows(o, mean.Members.Length))],
        QuantileDeclaration quantile =>
            [.. quantile.Objectives.Select(o => new QuantileWindows(o, quantile.Members.Length, quantile.Rank))],
        _ => [],
    };

    private static ImmutableArray<int> MembersOf(ServiceDeclaration service) => service switch
    {
        MeanDeclaration mean => mean.Members,
        QuantileDeclaration quantile => quantile.Members,
        _ => [],
    };

    private static IEnumerable<Signal> SignalsOf(ServiceDeclaration service) => service is not SignalServiceDeclaration signal
        ? []
        : signal.Requests?.Holds is { } holds ? [signal.Up, signal.Support, holds] : [signal.Up, signal.Support];

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
                slos.Add(WindowGrid.NamesFor(objective, i, horizon));
            }
        }
        return new ResultNames([.. _recorders.Select(r => r.Service.Name)], _causes, _stages, slos, _counterNames)
        {
            Fleet = [.. _members.Select(m => new MemberName(m.Name, m.Group, m.Share is not null))],
            Views = [.. _recorders.Select((r, i) => ViewOf(i, r.Service)).OfType<ServiceView>()],
        };
    }

    private static ServiceView? ViewOf(int index, ServiceDeclaration service) => service switch
    {
        LevelServiceDeclaration => new ServiceView(index, ViewKind.Level, 0),
        MeanDeclaration mean => new ServiceView(index, ViewKind.Mean, mean.Members.Length),
        QuantileDeclaration => new ServiceView(index, ViewKind.Quantile, 1),
        _ => null,
    };
}
