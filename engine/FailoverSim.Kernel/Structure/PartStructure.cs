using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Kernel.Structure;

/// <summary>What one state of a structure says of its parts, as indices in ascending order.</summary>
/// <param name="IsDown">Whether it is down.</param>
/// <param name="Failed">Parts that keep some condition down.</param>
/// <param name="Pivotal">Where it is up: parts without which it would be down.</param>
/// <param name="Saving">Where it is down: parts with which it would be up.</param>
/// <param name="InFailedCut">Where it is down: parts of a minimal cut that has failed entirely; null if that was too much to search.</param>
public sealed record PartState(bool IsDown, int[] Failed, int[] Pivotal, int[] Saving, int[]? InFailedCut);

/// <summary>
/// A service as a function of which parts have failed, a part being what one or more faults strike. Each state is judged once and
/// remembered by a hash of 128 bits, of which two alike are not to be expected in the life of a computer.
/// </summary>
/// <remarks>
/// Conditions that are false for another reason (planned work) are taken as they are. A part that is made to fail has all of its
/// faults at once; one that is made to work neither has faults nor has anything come of them.
/// </remarks>
public sealed class PartStructure
{
    /// <summary>With more failed parts their sets are not searched for minimal cuts: 2^12 are.</summary>
    private const int MostFailed = 12;

    private const int MostStates = 1 << 16;

    private readonly Cone _cone;
    private readonly PartHolds _holds;
    private readonly int[][] _conditionsOf;
    private readonly Dictionary<(ulong High, ulong Low), PartState> _known = [];
    private readonly HashSet<int> _signals;
    private readonly HashSet<Component> _reporters;
    private readonly int[] _judged;
    private Hold[] _before = [];
    private Hold[] _now = [];

    internal PartStructure(SignalGraph signals, Signal target, IReadOnlyList<FaultDeclaration> faults)
    {
        _cone = new Cone(signals, target);
        _cone.HoldAll();
        var striking = faults
            .Where(fault => fault.Part is not null)
            .Select(fault => (Fault: fault, Conditions: fault.Conditions.Select(_cone.IndexOf).Where(index => index >= 0).Distinct().Order().ToArray()))
            .GroupBy(fault => fault.Fault.Part!)
            // Of a part beneath the service all faults count: something may come of those that strike elsewhere.
            .Where(part => part.Any(fault => fault.Conditions.Length > 0))
            .ToArray();
        Parts = [.. striking.Select(part => part.Key)];
        _conditionsOf = [.. striking.Select(part => part.SelectMany(fault => fault.Conditions).Distinct().Order().ToArray())];
        _holds = new PartHolds(
            signals, _cone, striking.SelectMany((part, i) => part.Select(fault => (i, fault.Conditions, fault.Fault.Occurrences))));
        _signals = [.. _cone.Conditions.Select(condition => condition.Index)];
        _reporters = [.. striking.SelectMany(part => part.Select(fault => fault.Fault.Occurrences?.Of).OfType<Component>())];
        ulong[] colours = Likeness.ColoursOf(
            _cone,
            [.. striking.Select(part => (
                $"{part.Key.Kind}/{part.Key.Group}",
                (IReadOnlyList<(int, int[])>)[.. part.Select(fault => (fault.Fault.Cause, fault.Conditions))]))]);
        Groups = [.. Enumerable.Range(0, Parts.Count).GroupBy(part => colours[part]).Select(group => (IReadOnlyList<int>)[.. group])];
        _judged = [.. Groups.SelectMany(group => group.Take(JudgedPerGroup)).Order()];
    }

    /// <summary>Of a group of parts that are alike so many are judged; they stand for the others.</summary>
    public const int JudgedPerGroup = 8;

    /// <summary>What faults strike beneath the service.</summary>
    public IReadOnlyList<FaultPart> Parts { get; }

    /// <summary>Parts that are alike to the structure, in the order of their first one.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }

    /// <summary>Whether the state may be another one when a signal has changed.</summary>
    public bool DependsOn(Signal signal) => _signals.Contains(signal.Index);

    /// <summary>Whether the state may be another one when a component has reported.</summary>
    public bool DependsOn(Component component) => _reporters.Contains(component);

    /// <summary>Another replication begins.</summary>
    public void Begin()
    {
        _holds.Forget();
        _before = _now = [];
    }

    /// <summary>Judges the state as it is; to be called when the instant has settled.</summary>
    public PartState Read()
    {
        _before = _now;
        _now = _holds.Read();
        ulong high = 0, low = 0;
        foreach (Hold hold in _now)
        {
            ulong word = ((ulong)hold.Condition << 32) | (uint)(hold.Part + 1);
            high ^= Hashing.Mix(Hashing.Mix(word) + 1);
            low ^= Hashing.Mix(Hashing.Mix(word) ^ word);
        }
        if (!_known.TryGetValue((high, low), out PartState? state))
        {
            if (_known.Count == MostStates)
            {
                _known.Clear();
            }
            _known[(high, low)] = state = Judge();
        }
        return state;
    }

    /// <summary>The part that brought about all that has fallen since the state before; null if it is none or more than one.</summary>
    public int? Trigger()
    {
        int[] parts = [.. _now.Except(_before).Select(hold => hold.Part).Distinct().Take(2)];
        return parts is [>= 0] ? parts[0] : null;
    }

    private PartState Judge()
    {
        Strike(_now);
        int[] failed = [.. _now.Select(hold => hold.Part).Where(part => part >= 0).Distinct().Order()];
        bool isDown = !_cone.Evaluate();
        // A structure is monotone: what works saves nothing where it is up, and what fails does no harm where it is down.
        PartState state = isDown
            ? new PartState(true, failed, [], [.. failed.Where(IsUpWithout)], InFailedCut(failed))
            : new PartState(false, failed, [.. _judged.Where(IsDownWith)], [], []);
        Heal(_now);
        return state;
    }

    private bool IsDownWith(int part)
    {
        _cone.Strike(_conditionsOf[part]);
        bool down = !_cone.Evaluate();
        _cone.Heal(_conditionsOf[part]);
        return down;
    }

    private bool IsUpWithout(int part)
    {
        IEnumerable<Hold> own = _now.Where(hold => hold.Part == part);
        Heal(own);
        bool up = _cone.Evaluate();
        Strike(own);
        return up;
    }

    /// <summary>
    /// A part belongs to a minimal cut that has failed entirely if without it some of the other failures leave the service up, and with
    /// it they do not.
    /// </summary>
    private int[]? InFailedCut(int[] failed)
    {
        if (failed.Length > MostFailed)
        {
            return null;
        }
        Hold[][] holdsOf = [.. failed.Select(part => _now.Where(hold => hold.Part == part).ToArray())];
        bool[] isDown = new bool[1 << failed.Length];
        for (int set = 0; set < isDown.Length; set++)
        {
            IEnumerable<Hold> healed = Enumerable.Range(0, failed.Length).Where(i => (set >> i & 1) == 0).SelectMany(i => holdsOf[i]);
            Heal(healed);
            isDown[set] = !_cone.Evaluate();
            Strike(healed);
        }
        return [.. failed.Where((_, i) => Enumerable.Range(0, isDown.Length).Any(set => !isDown[set & ~(1 << i)] && isDown[set | 1 << i]))];
    }

    private void Strike(IEnumerable<Hold> holds)
    {
        foreach (Hold hold in holds)
        {
            _cone.Strike(hold.Condition);
        }
    }

    private void Heal(IEnumerable<Hold> holds)
    {
        foreach (Hold hold in holds)
        {
            _cone.Heal(hold.Condition);
        }
    }
}
