using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.CommonCauses;

/// <summary>One kind of event that hits many units at once: holds them down for a while, or breaks them.</summary>
/// <remarks>What it means to its users: engine/docs/language.md, common causes.</remarks>
public sealed class CommonCause : Component
{
    private const int EveryTimer = 0;
    private const int EndTimer = 1;

    private static readonly Purpose Every = Purpose.Named("every");
    private static readonly Purpose Hits = Purpose.Named("hits");
    private static readonly Purpose Victims = Purpose.Named("victims");
    private static readonly Purpose Lasts = Purpose.Named("lasts");

    private readonly CommonCauseOptions _options;
    private readonly ImmutableArray<CommonCauseTarget> _targets;
    private readonly LawId _every;
    private readonly LawId _lasts;
    private readonly int _cause;
    private readonly bool _isIndifferent;
    private readonly int _leastHit;
    private readonly ImmutableArray<double> _hitOdds;
    private readonly State<int> _victims;
    private readonly State<Progress> _progress;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="targets">Units that can be hit.</param>
    public CommonCause(ModelBuilder builder, CommonCauseOptions options, IReadOnlyList<CommonCauseTarget> targets)
        : base(builder, $"common-cause/{options.Name}", 1, 2)
    {
        _options = options;
        _targets = [.. targets];
        _every = builder.Hazard($"common-cause.{options.Name}.every", options.Every);
        _lasts = options.Lasts is null ? default : builder.Law(options.Lasts);
        _cause = builder.Cause(options.Name);
        _isIndifferent = targets.All(target => target.Group.IsIndifferent);
        _leastHit = HitAt(options.HitsLow);
        _hitOdds = [.. HitOdds()];
        _victims = NewState<int>(targets.Count);
        _progress = NewState<Progress>(1);
    }

    protected override void Start() => StartClock(0, EveryTimer, _every, Every, 0);

    protected override void OnTimer(int slot, int timer)
    {
        ref Progress progress = ref _progress[0];
        if (timer == EndTimer)
        {
            for (int i = 0; i < progress.VictimCount; i++)
            {
                CommonCauseTarget target = _targets[_victims[i]];
                target.Group.Release(target.Slot, target.Number);
            }
            progress.VictimCount = 0;
            StartClock(0, EveryTimer, _every, Every, progress.Events);
            return;
        }
        Kernel.Signals.Cause cause = Simulation.Raise(_cause);
        progress.VictimCount = Strike(progress.Events);
        for (int i = 0; i < progress.VictimCount; i++)
        {
            CommonCauseTarget target = _targets[_victims[i]];
            Simulation.Resume(cause);
            if (_options.Lasts is null)
            {
                target.Group.Break(target.Slot, target.Number);
            }
            else
            {
                target.Group.Hold(target.Slot, target.Number);
            }
        }
        // Others are called when all victims are known: none of them can take over.
        for (int i = 0; i < progress.VictimCount; i++)
        {
            CommonCauseTarget target = _targets[_victims[i]];
            Simulation.Resume(cause);
            target.Group.Replace(target.Slot);
        }
        if (_options.Lasts is null)
        {
            progress.VictimCount = 0;
            progress.Events++;
            StartClock(0, EveryTimer, _every, Every, progress.Events);
        }
        else
        {
            StartClock(0, EndTimer, _lasts, Lasts, progress.Events);
            progress.Events++;
        }
    }

    /// <summary>The units tell who is held by whom; the rest is in the timers.</summary>
    protected override void Encode(int slot, StateWriter writer)
    {
    }

    /// <summary>Draws how many are hit, and which.</summary>
    private int Strike(int occurrence)
    {
        int count = _leastHit + (_hitOdds.Length == 1 ? 0 : Choose(0, Hits, occurrence, _hitOdds.AsSpan()));
        for (int i = 0; i < _targets.Length; i++)
        {
            _victims[i] = i;
        }
        if (_isIndifferent)
        {
            ChooseSet(0, Victims, occurrence, _victims.Items, count);
        }
        else
        {
            ChooseInOrder(0, Victims, occurrence, _victims.Items, count);
        }
        return count;
    }

    /// <summary>How many are hit at a share, to the nearest whole number.</summary>
    /// <remarks>As decimals, because half of the binary products lie below the halves that people see: 29% of 50 is 14.5.</remarks>
    private int HitAt(double share) => Math.Max(1, (int)Math.Floor(((decimal)share * _targets.Length) + 0.5m));

    /// <summary>By number of units hit, from the least on: how much of the range of shares leads to it.</summary>
    private IEnumerable<double> HitOdds()
    {
        int most = HitAt(_options.HitsHigh);
        for (int hit = _leastHit; hit <= most; hit++)
        {
            double from = hit == _leastHit ? _options.HitsLow : (hit - 0.5) / _targets.Length;
            double to = hit == most ? _options.HitsHigh : (hit + 0.5) / _targets.Length;
            yield return Math.Max(0, to - from);
        }
    }

    private struct Progress
    {
        public int Events;
        public int VictimCount;
    }
}
