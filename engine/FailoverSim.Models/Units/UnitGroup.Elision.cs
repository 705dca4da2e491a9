using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Units;

/// <content>
/// The life of many plain units in windows: all that happens before an instant is taken unit by unit. While the services are further from
/// an outage than there are failures in a window, nobody can see in which order they come; where somebody can, they are put in order and
/// happen as events.
/// </content>
/// <remarks>engine/docs/decisions/0005-two-time-scales.md. Draws are addressed: each is the same in whatever order.</remarks>
public sealed partial class UnitGroup
{
    /// <summary>With fewer units the list of timers is as quick.</summary>
    private const int LeastElided = 64;

    /// <summary>Windows in a row in which no gate would have changed, before nobody looks.</summary>
    private const int LeastCalm = 4;

    /// <summary>Of the last windows so many more than a third had to be put in order.</summary>
    private const int MostTrouble = 16;

    /// <summary>Seconds that a life and a repair must take in the mean, so that time goes on within a window.</summary>
    private const double LeastMean = 1e-6;

    /// <summary>Whether the units of this run live in windows.</summary>
    private bool LivesInWindows => _window[0].IsOpen;

    private bool MayLiveInWindows => _dues.Count > 0 && Simulation.MayElide && _mostNeeded.Value is not null;

    /// <summary>Units that must work so that no gate over them falls.</summary>
    private int MostNeeded => _mostNeeded.Value!.Value;

    private static bool CanElide(UnitOptions options) =>
        options is { MayElide: true, Count: >= LeastElided, Standby: null, Modes: [{ Detection: Detection.AtOnce, Repair: { JobClass: null } repair }] }
        && options.Fails.Mean + repair.Takes.Mean > LeastMean;

    private void OpenWindows()
    {
        _window[0] = new Window { IsOpen = true, Up = Count };
        BeginLives();
        double width = Aim(Count - MostNeeded) * _options.Fails.Mean * SimDuration.NanosecondsPerSecond / Count;
        _window[0].Width = (long)Math.Clamp(width, 1, SimDuration.NanosecondsPerYear);
        ArmAt(0, 0, Now);
    }

    private void OnWindowTimer()
    {
        ref Window window = ref _window[0];
        if (window.Left > 0)
        {
            Show(in Next(in window));
            window.Left--;
        }
        else if (window.Trouble < MostTrouble || window.IsUnseen)
        {
            TakeWindow(ref window);
        }
        else
        {
            CloseWindows();
            return;
        }
        ArmAt(0, 0, new SimTime(window.Left > 0 ? Next(in window).At : window.End));
    }

    private ref readonly UnitChange Next(in Window window) => ref _changes.InOrder(_changes.Count - window.Left);

    /// <summary>Too many windows had to be put in order: until the end of the run every unit has a timer of its own, which is quicker then.</summary>
    private void CloseWindows()
    {
        Simulation.StandsFor(0, 0);
        _window[0].IsOpen = false;
        for (int slot = 0; slot < Count; slot++)
        {
            ref readonly PlainUnit unit = ref _plainUnits[slot];
            _units[slot].Failures = unit.Failures;
            _units[slot].Phase = unit.Down != 0 ? Phase.Repairing : Phase.Running;
            ArmAt(slot, 0, new SimTime(_dues[slot]));
        }
    }

    /// <summary>A change that somebody could see happens, as it does without windows.</summary>
    private void Show(in UnitChange change)
    {
        if (change.Fails != 0)
        {
            Simulation.Raise(_causes[0]);
            Simulation.Drive(_working[change.Slot], false, _stages.Repair);
        }
        else
        {
            Simulation.Resume(default);
            Simulation.Drive(_working[change.Slot], true);
        }
    }

    private void TakeWindow(ref Window window)
    {
        long start = Now.Nanoseconds;
        long left = Simulation.Until.Nanoseconds - start;
        (int failures, ulong hash) = LiveFor(ref window, start, left);
        int changes = _changes.Count;
        int slack = window.Up - MostNeeded;
        // Who begins to show changes shows them for a while, needed or not: to begin costs a look at all units.
        window.Calm = failures <= slack || StaysAbove(slack) ? window.Calm + 1 : 0;
        if (failures <= slack || (window.Calm > 0 && window.IsUnseen) || window.Calm > LeastCalm)
        {
            if (!window.IsUnseen)
            {
                window.IsUnseen = true;
                window.UnseenSince = start;
                window.FirstCause = Simulation.ReserveCauses(Count);
            }
            Simulation.StandsFor(changes, hash);
            window.Trouble = Math.Max(0, window.Trouble - 1);
        }
        else
        {
            if (window.IsUnseen)
            {
                CatchUp(in window);
                window.IsUnseen = false;
            }
            Simulation.StandsFor(0, hash);
            window.Left = changes;
            window.Trouble += 2;
        }
        window.Up += changes - (2 * failures);
        if (window.Width <= left)
        {
            // Half way, by ratio, to what would have been right for this one: its failures are a random number.
            double width = window.Width * Math.Sqrt((double)Aim(window.Up - MostNeeded) / (failures + 1));
            window.Width = (long)Math.Clamp(width, 1, Math.Min(4.0 * window.Width, SimDuration.NanosecondsPerYear));
        }
    }

    /// <summary>All units live until the end of a window, which is made narrower while more happens in it than is worth holding in memory.</summary>
    private (int Failures, ulong Hash) LiveFor(ref Window window, long start, long left)
    {
        while (true)
        {
            window.End = start + Math.Min(window.Width, left);
            _changes.Clear();
            if (Live(window.End, most: window.Width > 1 ? Count : int.MaxValue) is { } lived)
            {
                return lived;
            }
            TakeBack();
            window.Width = Math.Max(1, Math.Min(window.Width, left) / 4);
        }
    }

    /// <summary>How many failures a window should have: so few that they are hardly ever too many, so many that it is worth looking at all units.</summary>
    private int Aim(int slack) =>
        Math.Clamp(slack - (int)(3 * Math.Sqrt(Math.Max(0, slack))), Math.Max(16, Count / 64), Math.Max(16, Count / 8));

    /// <summary>Whether so many units more than are needed remain more than needed, now that the changes are put in order.</summary>
    private bool StaysAbove(int slack)
    {
        _changes.Sort();
        for (int i = 0; i < _changes.Count && slack >= 0; i++)
        {
            slack += 1 - (2 * _changes.InOrder(i).Fails);
        }
        return slack >= 0;
    }

    /// <summary>Conditions become what they would have been at the beginning of this window if somebody had looked.</summary>
    private void CatchUp(in Window window)
    {
        _fallen.Clear();
        for (int slot = 0, next = 0; slot < Count; slot++)
        {
            // As it was before its first change in this window, if it has one.
            bool changes = next < _changes.First && _changes[next].Slot == slot;
            bool down = changes ? _changes[next].Fails == 0 : _plainUnits[slot].Down != 0;
            long since = changes ? _changes[next].Since : _plainUnits[slot].Since;
            next += changes ? 1 : 0;
            if (!down)
            {
                Simulation.CatchUp(_working[slot]);
            }
            else if (since >= window.UnseenSince)
            {
                ref UnitChange fall = ref _fallen.Room(1)[0];
                fall.At = since;
                fall.Slot = slot;
                _fallen.Note(1);
            }
        }
        _fallen.Sort();
        for (int rank = 0; rank < _fallen.Count; rank++)
        {
            ref readonly UnitChange fall = ref _fallen.InOrder(rank);
            Simulation.CatchUp(
                _working[fall.Slot], Kernel.Simulation.ReservedCause(_causes[0], window.FirstCause, rank), new SimTime(fall.At), _stages.Repair);
        }
    }

    /// <summary>A unit that lives in windows.</summary>
    private struct PlainUnit
    {
        /// <summary>When it failed, or was repaired.</summary>
        public long Since;

        /// <summary>So far: numbers lives and repairs.</summary>
        public int Failures;

        /// <summary>1 while it is being repaired, else 0.</summary>
        public int Down;
    }

    private struct Window
    {
        public bool IsOpen;

        /// <summary>Conditions are as they were at <see cref="UnseenSince"/>.</summary>
        public bool IsUnseen;

        /// <summary>Units that work at its end; while it is taken, at its beginning.</summary>
        public int Up;

        /// <summary>How many of its changes are still to happen as events.</summary>
        public int Left;

        public long End;

        /// <summary>Length of the next one.</summary>
        public long Width;

        /// <summary>Windows in a row in which no gate would have changed.</summary>
        public int Calm;

        /// <summary>Twice the windows that had to be put in order, less the others, never below 0.</summary>
        public int Trouble;

        public long UnseenSince;

        /// <summary>Of the causes kept for those that fail unseen.</summary>
        public ulong FirstCause;
    }
}
