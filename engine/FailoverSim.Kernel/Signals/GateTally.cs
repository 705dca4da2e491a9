using System.Runtime.InteropServices;

namespace FailoverSim.Kernel.Signals;

/// <summary>
/// Why a gate over many conditions is down, kept up with every change of them: their distinct causes, and which fell first. Whoever asks after each
/// change would otherwise look at all of them each time.
/// </summary>
/// <param name="kinds">How many kinds of faults there are.</param>
internal sealed class GateTally(int kinds)
{
    private const int LeastToTidy = 64;

    private readonly Dictionary<Cause, int> _conditionsOf = [];

    /// <summary>In the order in which they fell, with some that are up again; before <see cref="_first"/> all are.</summary>
    private readonly List<Fall> _falls = [];
    private int _first;
    private int _down;

    public CauseCounts Causes { get; } = new(kinds);

    /// <summary>Changes since somebody asked.</summary>
    public int Unasked { get; set; }

    /// <summary>Questions to be answered otherwise, before it is tried again: there was a condition that it does not follow.</summary>
    public int Pause { get; set; }

    public void Clear()
    {
        _conditionsOf.Clear();
        _falls.Clear();
        Causes.Clear();
        Unasked = _down = _first = 0;
    }

    /// <summary>A condition has fallen, no earlier than all before; of those that fell at once, the first named comes first.</summary>
    public void Add(int condition, in SignalState state)
    {
        _down++;
        if (!state.Cause.IsNone && ++CollectionsMarshal.GetValueRefOrAddDefault(_conditionsOf, state.Cause, out _) == 1)
        {
            Causes.Add(state.Cause);
        }
        Fall fall = new(state.FellAt, condition);
        _falls.Add(fall);
        for (int i = _falls.Count - 1; i > _first && fall.ComesBefore(_falls[i - 1]); i--)
        {
            (_falls[i - 1], _falls[i]) = (fall, _falls[i - 1]);
        }
    }

    /// <summary>A condition is up again; who fell is looked through when somebody asks.</summary>
    public void Remove(Cause cause)
    {
        _down--;
        if (cause.IsNone)
        {
            return;
        }
        ref int conditions = ref CollectionsMarshal.GetValueRefOrNullRef(_conditionsOf, cause);
        if (--conditions == 0)
        {
            _conditionsOf.Remove(cause);
            Causes.Remove(cause);
        }
    }

    /// <summary>The condition that fell first of those that are down, the first named of those that fell at once; −1: none is.</summary>
    public int Oldest(ReadOnlySpan<SignalState> signals)
    {
        if (_falls.Count > LeastToTidy + (2 * _down))
        {
            Tidy(signals);
        }
        while (_first < _falls.Count && !Lasts(_falls[_first], signals))
        {
            _first++;
        }
        return _first < _falls.Count ? _falls[_first].Condition : -1;
    }

    public Cause Youngest()
    {
        Cause youngest = default;
        foreach (Cause cause in _conditionsOf.Keys)
        {
            youngest = cause > youngest ? cause : youngest;
        }
        return youngest;
    }

    /// <summary>One that stays down for long must not keep all that fell after it and are up again.</summary>
    private void Tidy(ReadOnlySpan<SignalState> signals)
    {
        int kept = 0;
        for (int i = _first; i < _falls.Count; i++)
        {
            Fall fall = _falls[i];
            // Who fell twice at one instant stands there twice.
            if (Lasts(fall, signals) && (kept == 0 || fall != _falls[kept - 1]))
            {
                _falls[kept++] = fall;
            }
        }
        _falls.RemoveRange(kept, _falls.Count - kept);
        _first = 0;
    }

    private static bool Lasts(Fall fall, ReadOnlySpan<SignalState> signals) =>
        !signals[fall.Condition].Value && signals[fall.Condition].FellAt == fall.At;

    private readonly record struct Fall(long At, int Condition)
    {
        /// <summary>Falls come in the order of time; those of one instant in any.</summary>
        public bool ComesBefore(Fall earlier) => earlier.At == At && earlier.Condition > Condition;
    }
}
