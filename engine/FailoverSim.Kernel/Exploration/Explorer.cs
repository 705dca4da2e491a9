using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Observation;

namespace FailoverSim.Kernel.Exploration;

/// <summary>
/// Finds the states of a model by letting each clock that runs fire in each of them. Where all of these are memoryless, or choices
/// between sums of memoryless stages, the states form a Markov chain.
/// </summary>
/// <remarks>
/// <para>Of like entities in like states one is taken for all, with their number as a factor on the rate, and their order is forgotten:
/// exchanging them is an automorphism, so the lumped chain is exact (Kemeny and Snell, Finite Markov Chains, 1960).</para>
/// <para>A state that is found and not yet explored is kept as the bytes of one model that is in it; of all others a hash remains.</para>
/// </remarks>
public sealed class Explorer
{
    private const int MoveBytes = 16;

    /// <summary>While it is written, and by source and by target when it is solved.</summary>
    private const int TransitionBytes = 4 * (sizeof(int) + sizeof(double));

    private readonly Simulation _simulation;
    private readonly ExplorationLimits _limits;
    private readonly Ways _ways;
    private readonly IReadOnlyList<LawBranch>[] _branches;
    private readonly SignalServiceDeclaration[] _services;
    private readonly StateReader _reader;
    private readonly Dictionary<StateHash, int> _numbers = [];
    private readonly Queue<Found> _found = new();
    private readonly Stack<byte[]> _free = new();
    private readonly HashSet<(ObstacleKind, string, Law?, string?)> _known = [];
    private readonly List<Obstacle> _obstacles = [];
    private readonly List<ulong> _flags = [];
    private readonly ChainWriter _chain = new();
    private readonly int _bytes;
    private long _readings;
    private long _movesFound;

    private Explorer(Simulation simulation, ExplorationLimits limits)
    {
        _simulation = simulation;
        _limits = limits;
        _branches = [.. simulation.Laws.Select(law => law.Branches)];
        _services = [.. simulation.Services.OfType<SignalServiceDeclaration>()];
        _ways = new Ways(_branches, simulation.Laws, Report);
        _simulation.BeginExploring(_ways);
        _reader = new StateReader(simulation, _services, limits.Lumps);
        _bytes = simulation.SnapshotBytes;
        foreach (ServiceDeclaration view in simulation.Services.Except(_services))
        {
            Report(new Obstacle(ObstacleKind.View, view.Name, view.Name));
        }
        foreach (Component component in simulation.Components)
        {
            for (int slot = 0; slot < component.Count; slot++)
            {
                if (component.Calendar(slot) is { } what)
                {
                    Report(new Obstacle(ObstacleKind.Calendar, component.Name, component.EntityName(slot), What: what));
                }
            }
        }
    }

    /// <param name="simulation">A model of its own: it cannot be run afterwards.</param>
    /// <param name="limits">When to give up.</param>
    public static ExplorationOutcome Explore(Simulation simulation, ExplorationLimits limits)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        ArgumentNullException.ThrowIfNull(limits);
        return new Explorer(simulation, limits).Run();
    }

    private ExplorationOutcome Run()
    {
        string? limit = null;
        List<(int, double)> start = [];
        try
        {
            start = Begin();
            limit = LimitReached();
            while (limit is null && _found.TryDequeue(out Found state))
            {
                if (_obstacles.Count > 0 && _readings >= _limits.BeyondObstacles)
                {
                    break;
                }
                Expand(state);
                limit = LimitReached();
            }
        }
        catch (InvariantViolationException) when (_obstacles.Count > 0)
        {
            // A clock that is in the way was let go at an instant at which it cannot; what is in the way is known.
        }
        StateSpace? space = _obstacles.Count > 0 || limit is not null
            ? null
            : _chain.ToSpace([.. _services.Select(s => s.Name)], start, [.. _flags]);
        return new ExplorationOutcome(space, _obstacles, _obstacles.Count > 0 ? null : limit, _numbers.Count);
    }

    private List<(int State, double Probability)> Begin()
    {
        SortedDictionary<int, double> start = [];
        _ways.Begin();
        do
        {
            _simulation.Reset(0);
            _simulation.SettleInstant();
            int state = Arrive();
            start[state] = start.GetValueOrDefault(state) + _ways.Probability;
        }
        while (_ways.Advance() && LimitReached() is null);
        return [.. start.Select(s => (s.Key, s.Value))];
    }

    private void Expand(Found state)
    {
        foreach (Move move in state.Moves)
        {
            if (LimitReached() is not null)
            {
                break;
            }
            _ways.Begin();
            do
            {
                _simulation.Load(state.Snapshot);
                _simulation.EndStage(move.Clock, move.Stages);
                _chain.Add(Arrive(), move.Rate * _ways.Probability);
            }
            while (_ways.Advance() && LimitReached() is null);
        }
        _chain.EndRow(state.Number);
        _movesFound -= state.Moves.Length;
        _free.Push(state.Snapshot);
    }

    /// <summary>The number of the state that the model is in; a new one is remembered.</summary>
    private int Arrive()
    {
        StateHash hash = _reader.Read();
        _readings += _reader.Slots;
        if (!_numbers.TryGetValue(hash, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(hash, number);
            _flags.AddRange(_reader.Flags);
            byte[] snapshot = _free.TryPop(out byte[]? used) ? used : new byte[_bytes];
            _simulation.Save(snapshot);
            Found found = new(number, snapshot, Moves());
            _movesFound += found.Moves.Length;
            _found.Enqueue(found);
        }
        return number;
    }

    /// <summary>What can happen next: of like clocks the first, with the sum of their rates.</summary>
    private Move[] Moves()
    {
        List<Move> moves = [];
        foreach ((Component owner, int clock, int count) in _reader.Clocks(Report))
        {
            (int law, double speed, long life, long _) = _simulation.ClockAt(clock);
            if (_branches[law].Count == 0)
            {
                Report(new Obstacle(ObstacleKind.Clock, owner.Name, owner.EntityName(owner.SlotOf(clock).Slot), _simulation.Laws[law]));
                // So that what lies behind it is found too.
                moves.Add(new Move(clock, 1, 1));
                continue;
            }
            LawBranch branch = _branches[law][Ways.BranchOf(life)];
            double rate = count * speed / branch.StageMean;
            if (rate > 0)
            {
                moves.Add(new Move(clock, branch.Stages, rate));
            }
        }
        return [.. moves];
    }

    private string? LimitReached() =>
        _numbers.Count > _limits.States ? $"more than {_limits.States} states"
        : _readings >= _limits.Readings ? $"more than {_limits.Readings} entities to be read, {_reader.Slots} for each transition"
        : (_found.Count * (long)_bytes) + (_movesFound * MoveBytes) + (_chain.Transitions * TransitionBytes) > _limits.Bytes
            ? $"more than {_limits.Bytes} bytes of states and transitions"
        : null;

    private void Report(Obstacle obstacle)
    {
        if (_known.Add((obstacle.Kind, obstacle.Component, obstacle.Law, obstacle.What)))
        {
            _obstacles.Add(obstacle);
        }
    }

    /// <param name="Number">Of the state.</param>
    /// <param name="Snapshot">A model in it.</param>
    /// <param name="Moves">What can happen next.</param>
    private readonly record struct Found(int Number, byte[] Snapshot, Move[] Moves);

    /// <param name="Clock">Which clock.</param>
    /// <param name="Stages">How many stages its branch has.</param>
    /// <param name="Rate">Per second, of all clocks that are like it.</param>
    private readonly record struct Move(int Clock, int Stages, double Rate);
}
