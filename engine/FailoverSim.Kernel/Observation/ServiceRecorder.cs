using System.Runtime.InteropServices;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>
/// Follows one service through a replication and charges every nanosecond of down time to causes, a stage and a class.
/// </summary>
/// <remarks>
/// The configuration (up or down, why, in which stage) is read only when time is about to advance, so what lasts no time
/// leaves no mark. Remainders of the equal split go to the kinds of causes in their order, whichever is older: shares sum exactly.
/// </remarks>
internal sealed class ServiceRecorder(
    SignalServiceDeclaration service, int index, SignalGraph signals, LevelTable levels, int causeCount, int stageCount) : IRecorder
{
    private readonly CauseCounts _causes = new(causeCount);
    private readonly List<Outage> _outages = [];
    private readonly RaggedList<CauseShare> _outageCauses = new();
    private readonly RaggedList<StageShare> _outageStages = new();
    private readonly Dictionary<int, long> _histogram = [];
    private readonly long[] _downByCause = new long[causeCount];
    private readonly long[] _downByStage = new long[stageCount];
    private readonly long[] _lossByStage = new long[stageCount];
    private readonly CauseRole[] _roles = new CauseRole[causeCount];
    private readonly CombinationTable _combinations = new();
    private readonly long[] _outageByCause = new long[causeCount];
    private readonly long[] _outageByStage = new long[stageCount];
    private readonly ObjectiveWindows[] _objectives = [.. service.Objectives.Select(o => new ObjectiveWindows(o))];
    private readonly RequestMeter? _requests =
        service.Requests is { } requests ? new RequestMeter(requests, signals, levels) : null;
    private long _begin;
    private long _last;
    private long _down;
    private long _failover;
    private long _outageStart;
    private long _outageCount;
    private long _lossCount;
    private long _firstOutageAfter;
    private long _longest;
    private UInt128 _squares;
    private bool _up;
    private bool _supported;
    private bool _outageIsLoss;
    private bool _outageCounts;
    private int _stage;

    public ServiceDeclaration Service => service;

    /// <summary>Starts to observe; an outage already open counts as down time only.</summary>
    public void Begin(long now, long horizonEnd)
    {
        Array.Clear(_downByCause);
        Array.Clear(_downByStage);
        Array.Clear(_lossByStage);
        _outages.Clear();
        _outageCauses.Clear();
        _outageStages.Clear();
        _histogram.Clear();
        _combinations.Clear();
        _begin = _last = now;
        _down = _failover = _outageCount = _lossCount = _longest = 0;
        _firstOutageAfter = -1;
        _squares = 0;
        _up = true;
        foreach (ObjectiveWindows objective in _objectives)
        {
            objective.Begin(now, horizonEnd);
        }
        Read(now, alreadyOpen: true);
        _requests?.Begin(now, _up);
    }

    /// <summary>Something that the service depends on changed at <paramref name="now"/>, and has settled.</summary>
    public void Update(long now)
    {
        Account(now);
        Read(now, alreadyOpen: false);
        _requests?.Update(now, _up);
    }

    public ServiceRow Finish(long now, in RowFrame frame)
    {
        Account(now);
        if (!_up)
        {
            Close(now);
        }
        ObjectiveColumns slos = ObjectiveColumns.Of(frame, _objectives);
        return new ServiceRow
        {
            Replication = frame.Replication,
            Service = index,
            UpNanoseconds = now - _begin - _down,
            DownNanoseconds = _down,
            OutageCount = _outageCount,
            FirstOutageAfter = _firstOutageAfter,
            Outages = _outages.ToArray(),
            OutageCauses = _outageCauses.Copy(),
            OutageStages = _outageStages.Copy(),
            Histogram = _histogram.Count == 0 ? null : new Dictionary<int, long>(_histogram),
            SquaredDurations = _squares,
            LongestOutage = _longest,
            DownByCause = (long[])_downByCause.Clone(),
            DownByStage = (long[])_downByStage.Clone(),
            FailoverNanoseconds = _failover,
            LossCount = _lossCount,
            LossByStage = (long[])_lossByStage.Clone(),
            Combinations = _combinations.Shares(),
            CombinationKinds = _combinations.Kinds(),
            MarginNanoseconds = frame.Margin,
            LostRequestNanoseconds = _requests?.Finish(now),
            SloWindowsMet = slos.Met,
            SloLongestOutages = slos.LongestOutages,
            SloParts = slos.Parts,
            Counts = frame.Counts,
            Members = frame.Members,
        };
    }

    private void Account(long now)
    {
        long length = now - _last;
        if (!_up && length > 0)
        {
            _down += length;
            _outageByStage[_stage] += length;
            _downByStage[_stage] += length;
            _failover += _supported ? length : 0;
            Split(length);
            foreach (ObjectiveWindows objective in _objectives)
            {
                objective.Down(_last, now);
            }
        }
        _last = now;
    }

    private void Split(long length)
    {
        if (_causes.Total == 0)
        {
            _downByCause[0] += length;
            _outageByCause[0] += length;
            return;
        }
        (long share, long odd) = Math.DivRem(length, _causes.Total);
        ReadOnlySpan<int> present = _causes.OfKind;
        for (int kind = 0; kind < present.Length; kind++)
        {
            long first = Math.Min(odd, present[kind]);
            long part = (share * present[kind]) + first;
            _downByCause[kind] += part;
            _outageByCause[kind] += part;
            odd -= first;
        }
    }

    private void Read(long now, bool alreadyOpen)
    {
        bool up = signals[service.Up];
        bool opens = _up && !up;
        if (opens)
        {
            Open(now, alreadyOpen);
        }
        else if (!_up && up)
        {
            Close(now);
        }
        _up = up;
        if (!up)
        {
            int root = signals.CountCauses(service.Up.Index, _causes, findsYoungest: opens).Kind;
            if (opens)
            {
                CastRoles(root);
                _combinations.Open(_causes, root);
            }
            _stage = signals.StageOf(service.Up.Index);
            _supported = signals[service.Support];
            _outageIsLoss |= !_supported;
        }
    }

    private void Open(long now, bool alreadyOpen)
    {
        Array.Clear(_outageByCause);
        Array.Clear(_outageByStage);
        Array.Clear(_roles);
        _outageStart = now;
        _outageIsLoss = false;
        _outageCounts = !alreadyOpen;
        if (_outageCounts)
        {
            _outageCount++;
            _firstOutageAfter = _firstOutageAfter < 0 ? now - _begin : _firstOutageAfter;
        }
    }

    /// <summary>The youngest of the causes at the start tipped the service over; the others were there already.</summary>
    private void CastRoles(int root)
    {
        _roles[root] |= CauseRole.Root;
        ReadOnlySpan<int> present = _causes.OfKind;
        for (int kind = 0; kind < present.Length; kind++)
        {
            if (present[kind] > (kind == root ? 1 : 0))
            {
                _roles[kind] |= CauseRole.Enabler;
            }
        }
    }

    private void Close(long now)
    {
        _combinations.Close(now - _outageStart, _outageCounts, _outageIsLoss);
        if (_outageIsLoss)
        {
            for (int stage = 0; stage < _lossByStage.Length; stage++)
            {
                _lossByStage[stage] += _outageByStage[stage];
            }
        }
        if (!_outageCounts)
        {
            return;
        }
        _lossCount += _outageIsLoss ? 1 : 0;
        long duration = now - _outageStart;
        _longest = Math.Max(_longest, duration);
        _squares += (UInt128)duration * (UInt128)duration;
        foreach (ObjectiveWindows objective in _objectives)
        {
            objective.Outage(_outageStart, duration);
        }
        if (_outages.Count < ServiceRow.OutageCap)
        {
            _outages.Add(new Outage(_outageStart, duration, Greatest(_outageByCause), Greatest(_outageByStage), _outageIsLoss));
            KeepShares();
        }
        else
        {
            if (_histogram.Count == 0)
            {
                foreach (Outage outage in _outages)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_histogram, DurationBuckets.IndexOf(outage.Duration), out _)++;
                }
            }
            CollectionsMarshal.GetValueRefOrAddDefault(_histogram, DurationBuckets.IndexOf(duration), out _)++;
        }
    }

    private void KeepShares()
    {
        for (int cause = 0; cause < _outageByCause.Length; cause++)
        {
            if (_outageByCause[cause] > 0 || _roles[cause] != 0)
            {
                _outageCauses.Add(new CauseShare(cause, _outageByCause[cause], _roles[cause]));
            }
        }
        _outageCauses.EndList();
        for (int stage = 0; stage < _outageByStage.Length; stage++)
        {
            if (_outageByStage[stage] > 0)
            {
                _outageStages.Add(new StageShare(stage, _outageByStage[stage]));
            }
        }
        _outageStages.EndList();
    }

    private static int Greatest(long[] shares)
    {
        int greatest = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            greatest = shares[i] > shares[greatest] ? i : greatest;
        }
        return greatest;
    }
}
