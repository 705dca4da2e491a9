using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Observation;

/// <summary>
/// Follows all members of a fleet as a <see cref="ServiceRecorder"/> follows one service, in flat arrays and without a list of
/// outages: thousands of members cost only what changes.
/// </summary>
internal sealed class FleetRecorder
{
    /// <summary>Causes that a member has room for from the start; few outages have more at once.</summary>
    private const int UsualCauses = 4;

    private readonly SignalGraph _signals;
    private readonly LevelTable _levels;
    private readonly Fleet _fleet;
    private readonly int _causeCount;
    private readonly int _stageCount;
    private readonly Tally[] _tallies;
    private readonly long[] _byCause;
    private readonly long[] _byStage;
    private readonly long[] _lossByStage;
    private readonly long[] _outageByStage;
    private readonly List<int>[] _blamed;
    private readonly List<Cause> _causes = [];
    private readonly (FleetWindows Windows, int Position)[][] _windowsOf;

    /// <param name="fleet">Whom to follow.</param>
    /// <param name="windows">Who wants to know of the down time of which members.</param>
    /// <param name="signals">What is up.</param>
    /// <param name="levels">What is answered.</param>
    /// <param name="causeCount">Kinds of fault.</param>
    /// <param name="stageCount">Stages of an outage.</param>
    public FleetRecorder(
        Fleet fleet, IEnumerable<(FleetWindows Windows, ImmutableArray<int> Members)> windows, SignalGraph signals, LevelTable levels,
        int causeCount, int stageCount)
    {
        (_fleet, _signals, _levels, _causeCount, _stageCount) = (fleet, signals, levels, causeCount, stageCount);
        int members = fleet.Members.Length;
        _tallies = new Tally[members];
        _byCause = new long[members * causeCount];
        _byStage = new long[members * stageCount];
        _lossByStage = new long[members * stageCount];
        _outageByStage = new long[members * stageCount];
        _blamed = [.. fleet.Members.Select(_ => new List<int>(UsualCauses))];
        ILookup<int, (FleetWindows, int)> windowsOf = windows
            .SelectMany(w => w.Members.Select((member, position) => (member, (w.Windows, position))))
            .ToLookup(pair => pair.member, pair => pair.Item2);
        _windowsOf = [.. Enumerable.Range(0, members).Select(member => windowsOf[member].ToArray())];
    }

    public int Count => _tallies.Length;

    public long DownOf(int member) => _tallies[member].Down;

    public long FailoverOf(int member) => _tallies[member].Failover;

    public long OutagesOf(int member) => _tallies[member].Outages;

    public long LossesOf(int member) => _tallies[member].Losses;

    /// <summary>Nanoseconds' worth of requests lost, parts rounded once, to the nearest; 0 where they are not measured.</summary>
    public long LostRequestsOf(int member) => (long)((_tallies[member].Lost + (Level.Whole / 2)) / Level.Whole);

    public ReadOnlySpan<long> DownByCause(int member) => _byCause.AsSpan(member * _causeCount, _causeCount);

    public ReadOnlySpan<long> DownByStage(int member) => Stages(_byStage, member);

    public ReadOnlySpan<long> LossByStage(int member) => Stages(_lossByStage, member);

    public void Begin(long now)
    {
        Array.Clear(_tallies);
        Array.Clear(_byCause);
        Array.Clear(_byStage);
        Array.Clear(_lossByStage);
        for (int member = 0; member < _tallies.Length; member++)
        {
            _tallies[member].Last = now;
            _tallies[member].Up = true;
            Read(member, now, alreadyOpen: true);
        }
    }

    /// <summary>Something that a member depends on changed at this instant, and has settled.</summary>
    public void Update(int member, long now)
    {
        Account(member, now);
        Read(member, now, alreadyOpen: false);
    }

    /// <summary>All accounts are closed; the figures stand until the next <see cref="Begin"/>.</summary>
    /// <returns>The members that were not up and answering throughout.</returns>
    public MemberRow[] Finish(long now)
    {
        int affected = 0;
        for (int member = 0; member < _tallies.Length; member++)
        {
            Account(member, now);
            if (!_tallies[member].Up)
            {
                Close(member, now);
            }
            affected += IsAffected(member) ? 1 : 0;
        }
        MemberRow[] rows = new MemberRow[affected];
        for (int member = _tallies.Length - 1; member >= 0; member--)
        {
            if (IsAffected(member))
            {
                ref readonly Tally tally = ref _tallies[member];
                rows[--affected] = new MemberRow(
                    member, tally.Down, tally.Outages, tally.Longest, LostRequestsOf(member), tally.CarriedIn);
            }
        }
        return rows;
    }

    private bool IsAffected(int member) => _tallies[member].Down > 0 || LostRequestsOf(member) > 0;

    private void Account(int member, long now)
    {
        ref Tally tally = ref _tallies[member];
        long length = now - tally.Last;
        if (length > 0)
        {
            tally.Lost += (Int128)length * tally.Lacking;
            if (!tally.Up)
            {
                Charge(member, tally.Last, now);
            }
        }
        tally.Last = now;
    }

    private void Charge(int member, long from, long to)
    {
        ref Tally tally = ref _tallies[member];
        long length = to - from;
        tally.Down += length;
        tally.Failover += tally.Supported ? length : 0;
        _byStage[(member * _stageCount) + tally.Stage] += length;
        _outageByStage[(member * _stageCount) + tally.Stage] += length;
        Span<long> byCause = _byCause.AsSpan(member * _causeCount, _causeCount);
        ReadOnlySpan<int> blamed = CollectionsMarshal.AsSpan(_blamed[member]);
        if (blamed.IsEmpty)
        {
            byCause[0] += length;
        }
        else
        {
            (long share, long remainder) = Math.DivRem(length, blamed.Length);
            for (int i = 0; i < blamed.Length; i++)
            {
                byCause[blamed[i]] += share + (i < remainder ? 1 : 0);
            }
        }
        foreach ((FleetWindows windows, int position) in _windowsOf[member])
        {
            windows.Down(position, from, to);
        }
    }

    private void Read(int member, long now, bool alreadyOpen)
    {
        ref Tally tally = ref _tallies[member];
        FleetMember read = _fleet.Members[member];
        bool up = _signals[read.Up];
        if (tally.Up && !up)
        {
            Open(member, now, alreadyOpen);
        }
        else if (!tally.Up && up)
        {
            Close(member, now);
        }
        tally.Up = up;
        tally.Lacking = read.Share is not { } share ? 0 : up ? Level.Whole - _levels[share] : Level.Whole;
        if (!up)
        {
            _signals.CausesOf(read.Up.Index, _causes);
            _blamed[member].Clear();
            foreach (Cause cause in _causes)
            {
                _blamed[member].Add(cause.Kind);
            }
            // Whichever is older, as in ServiceRecorder.
            _blamed[member].Sort();
            tally.Stage = _signals.StageOf(read.Up.Index);
            tally.Supported = _signals[read.Support];
            tally.IsLoss |= !tally.Supported;
        }
    }

    private void Open(int member, long now, bool alreadyOpen)
    {
        ref Tally tally = ref _tallies[member];
        Stages(_outageByStage, member).Clear();
        tally.OutageStart = now;
        tally.IsLoss = false;
        tally.OutageCounts = !alreadyOpen;
        tally.Outages += alreadyOpen ? 0 : 1;
    }

    private void Close(int member, long now)
    {
        ref Tally tally = ref _tallies[member];
        long duration = now - tally.OutageStart;
        if (tally.IsLoss)
        {
            Span<long> loss = Stages(_lossByStage, member);
            ReadOnlySpan<long> outage = Stages(_outageByStage, member);
            for (int stage = 0; stage < loss.Length; stage++)
            {
                loss[stage] += outage[stage];
            }
        }
        if (tally.OutageCounts)
        {
            tally.Losses += tally.IsLoss ? 1 : 0;
            tally.Longest = Math.Max(tally.Longest, duration);
        }
        else
        {
            tally.CarriedIn = duration;
        }
    }

    private Span<long> Stages(long[] array, int member) => array.AsSpan(member * _stageCount, _stageCount);

    private struct Tally
    {
        /// <summary>Up to here time is accounted for.</summary>
        public long Last;
        public long Down;
        public long Failover;
        public long OutageStart;
        public long Outages;
        public long Losses;
        public long Longest;
        public long CarriedIn;

        /// <summary>Requests, in parts of <see cref="Level.Whole"/> of a nanosecond.</summary>
        public Int128 Lost;

        /// <summary>Parts of the requests that are not answered at present.</summary>
        public int Lacking;
        public int Stage;
        public bool Up;
        public bool Supported;
        public bool IsLoss;
        public bool OutageCounts;
    }
}
