using FailoverSim.Kernel;
using FailoverSim.Kernel.Exploration;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Exact;

/// <summary>Explores some states of a model, and in each of them every way that leads there.</summary>
internal sealed class Futures
{
    private readonly Simulation _simulation;
    private readonly IReadOnlyList<LawBranch>[] _branches;
    private readonly Ways _ways;
    private readonly StateReader _reader;
    private bool _isBlocked;

    private Futures(ScenarioSpec spec)
    {
        _simulation = new ScenarioModel(spec).Build();
        _branches = [.. _simulation.Laws.Select(law => law.Branches)];
        _ways = new Ways(_branches, _simulation.Laws, _ => _isBlocked = true);
        _simulation.BeginExploring(_ways);
        _reader = new StateReader(_simulation, [.. _simulation.Services.OfType<SignalServiceDeclaration>()], lumps: true);
    }

    /// <returns>How many ways into known states were followed; 0 if something is in the way.</returns>
    public static int Compare(ScenarioSpec spec, int most, string what) => new Futures(spec).Compare(most, what);

    private int Compare(int most, string what)
    {
        Dictionary<StateHash, SortedDictionary<string, double>> known = [];
        Queue<byte[]> open = new();
        int compared = 0;
        _ways.Begin();
        do
        {
            _simulation.Reset(0);
            _simulation.SettleInstant();
            open.Enqueue(Snapshot());
        }
        while (_ways.Advance());
        while (!_isBlocked && open.TryDequeue(out byte[]? state))
        {
            _simulation.Load(state);
            StateHash hash = _reader.Read();
            bool isKnown = known.TryGetValue(hash, out SortedDictionary<string, double>? expected);
            if (!isKnown && known.Count >= most)
            {
                continue;
            }
            SortedDictionary<string, double> next = Next(state, isKnown ? null : open);
            if (!isKnown)
            {
                known.Add(hash, next);
                continue;
            }
            compared++;
            if (_isBlocked)
            {
                break;
            }
            Assert.True(expected!.Keys.SequenceEqual(next.Keys), what);
            Assert.All(next, rate => Assert.True(Math.Abs((rate.Value / expected![rate.Key]) - 1) < 1e-12, what));
        }
        return _isBlocked ? 0 : compared;
    }

    /// <summary>By encoding of the next state: at which rate it is reached.</summary>
    private SortedDictionary<string, double> Next(byte[] state, Queue<byte[]>? open)
    {
        SortedDictionary<string, double> next = new(StringComparer.Ordinal);
        foreach ((_, int clock, int count) in _reader.Clocks(_ => _isBlocked = true).ToArray())
        {
            _simulation.Load(state);
            (int law, double speed, long life, _) = _simulation.ClockAt(clock);
            LawBranch branch = _branches[law][Ways.BranchOf(life)];
            if (speed == 0 || double.IsInfinity(branch.StageMean))
            {
                continue;
            }
            _ways.Begin();
            do
            {
                _simulation.Load(state);
                _simulation.EndStage(clock, branch.Stages);
                string to = _reader.Read().ToString();
                next[to] = next.GetValueOrDefault(to) + (count * speed * _ways.Probability / branch.StageMean);
                open?.Enqueue(Snapshot());
            }
            while (_ways.Advance());
        }
        return next;
    }

    private byte[] Snapshot()
    {
        byte[] snapshot = new byte[_simulation.SnapshotBytes];
        _simulation.Save(snapshot);
        return snapshot;
    }
}
