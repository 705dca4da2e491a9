using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>
/// Follows a service that is a level: its down time is what the level lacks of the whole, integrated over time. It has no
/// outages, and no cause of its own to charge.
/// </summary>
internal sealed class LevelRecorder(LevelServiceDeclaration service, int index, LevelTable levels, int causeCount, int stageCount)
    : IRecorder
{
    private readonly ObjectiveWindows[] _objectives = [.. service.Objectives.Select(o => new ObjectiveWindows(o, hasOutages: false))];
    private long _begin;
    private long _last;
    private int _lacking;
    private Int128 _lost;

    public ServiceDeclaration Service => service;

    public void Begin(long now, long horizonEnd)
    {
        _begin = _last = now;
        _lost = 0;
        foreach (ObjectiveWindows objective in _objectives)
        {
            objective.Begin(now, horizonEnd);
        }
        _lacking = Level.Whole - levels[service.Level];
    }

    public void Update(long now)
    {
        Account(now);
        _lacking = Level.Whole - levels[service.Level];
    }

    public ServiceRow Finish(long now, in RowFrame frame)
    {
        Account(now);
        ObjectiveColumns slos = ObjectiveColumns.Of(frame, _objectives);
        // Parts of a nanosecond are rounded once, to the nearest.
        long down = (long)((_lost + (Level.Whole / 2)) / Level.Whole);
        long[] byCause = new long[causeCount];
        long[] byStage = new long[stageCount];
        byCause[0] = byStage[0] = down;
        return new ServiceRow
        {
            Replication = frame.Replication,
            Service = index,
            UpNanoseconds = now - _begin - down,
            DownNanoseconds = down,
            OutageCount = 0,
            FirstOutageAfter = -1,
            Outages = [],
            OutageCauses = new RaggedList<CauseShare>(),
            OutageStages = new RaggedList<StageShare>(),
            SquaredDurations = 0,
            LongestOutage = 0,
            DownByCause = byCause,
            DownByStage = byStage,
            FailoverNanoseconds = 0,
            LossCount = 0,
            LossByStage = byStage,
            SloWindowsMet = slos.Met,
            SloLongestOutages = slos.LongestOutages,
            SloParts = slos.Parts,
            Counts = frame.Counts,
            Members = frame.Members,
        };
    }

    private void Account(long now)
    {
        if (_lacking > 0 && now > _last)
        {
            _lost += (Int128)(now - _last) * _lacking;
            foreach (ObjectiveWindows objective in _objectives)
            {
                objective.Down(_last, now, _lacking);
            }
        }
        _last = now;
    }
}
