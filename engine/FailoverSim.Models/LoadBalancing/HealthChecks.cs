using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.LoadBalancing;

/// <summary>
/// Active health checks of HAProxy and its like, one slot per balancer and backend. A backend is taken out of rotation after
/// <c>fall</c> failures in a row and comes back after <c>rise</c> successes.
/// </summary>
/// <remarks>
/// A check connects (one round trip) and asks (two more, as with TLS). A machine that is silent when the connection is made
/// costs the limit for connections, even if it comes back meanwhile; a dead process refuses; one that hangs, or falls
/// silent later, costs the limit for answers unless it goes on before; one that is not ready fails when its bad answer comes.
/// A balancer that is restarted takes every server for up, and the first failure for enough (HAProxy starts with
/// <c>health = rise</c>; <c>init-state up</c> since 3.1); server i of n is first checked after i/n of an interval. One that
/// hangs starts no check, and takes up what is overdue when it goes on. At t = 0 all have been up for long, at a random phase.
/// </remarks>
public sealed partial class HealthChecks : Component
{
    private static readonly Purpose Phase = Purpose.Named("phase");

    private readonly ClusterStages _stages;
    private readonly ImmutableArray<ProcessSignals?> _probers;
    private readonly ImmutableArray<BackendView> _views;
    private readonly ImmutableArray<SimDuration> _notReadyAfter;
    private readonly ImmutableArray<Signal> _inRotation;
    private readonly CheckTimers _timers;
    private readonly Fidelity _fidelity;
    private readonly Markdowns? _markdowns;
    private readonly int _backends;
    private readonly IReadOnlyList<Signal>? _listed;
    private readonly State<CheckState> _checks;
    [Wiring]
    private readonly List<IMarkedDown> _followers = [];

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Unique.</param>
    /// <param name="stages">Stages of the model.</param>
    /// <param name="probers">The balancers' processes; null for a prober that never fails.</param>
    /// <param name="backends">The same for every balancer.</param>
    /// <param name="route">From a balancer to a backend, by their numbers.</param>
    /// <param name="timers">Of the checks.</param>
    /// <param name="fidelity">Whether checks that change nothing are events.</param>
    /// <param name="markdowns">Counts servers that are taken out of rotation; null: nobody asks.</param>
    /// <param name="listed">Per backend, whether the balancers have been told of it; null: of all. Only with probers that never fail.</param>
    public HealthChecks(
        ModelBuilder builder,
        string name,
        ClusterStages stages,
        IReadOnlyList<ProcessSignals?> probers,
        IReadOnlyList<Backend> backends,
        Func<int, int, BackendRoute> route,
        CheckTimers timers,
        Fidelity fidelity,
        Markdowns? markdowns = null,
        IReadOnlyList<Signal>? listed = null)
        : base(builder, name, probers.Count * backends.Count, 1)
    {
        _stages = stages;
        _timers = timers;
        _fidelity = fidelity;
        _markdowns = markdowns;
        _backends = backends.Count;
        _listed = listed;
        _probers = [.. Enumerable.Range(0, Count).Select(slot => probers[slot / _backends])];
        _views = [.. Enumerable.Range(0, Count).Select(slot => new BackendView(
            backends[slot % _backends].Process, backends[slot % _backends].Answers, route(slot / _backends, slot % _backends)))];
        _notReadyAfter = [.. Enumerable.Range(0, Count).Select(slot => backends[slot % _backends].NotReadyAfter)];
        _inRotation = [.. Enumerable.Range(0, Count).Select(slot =>
            builder.Condition($"{name}/{slot / _backends}-{backends[slot % _backends].Process.Name}.in-rotation"))];
        _checks = NewState<CheckState>(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            if (AnsweredAfter(slot) >= timers.ConnectLimit || AnsweredAfter(slot) >= timers.AnswerLimit(Connected(slot)))
            {
                throw new ArgumentOutOfRangeException(nameof(timers), timers, "A check of a healthy backend would time out.");
            }
            _views[slot].Observe(builder, this, slot);
            if (listed is not null)
            {
                builder.Observe(listed[slot % _backends], this, slot);
            }
            if (_probers[slot] is { } prober)
            {
                builder.Observe(prober.Alive, this, slot);
                builder.Observe(prober.Runs, this, slot);
            }
        }
    }

    /// <summary>A condition: the balancer sends new requests to the backend.</summary>
    public Signal InRotation(int instance, int backend) => _inRotation[(instance * _backends) + backend];

    /// <summary>Somebody wants to know of servers that are marked down; only while the model is built.</summary>
    public void Tell(IMarkedDown follower) => _followers.Add(follower);

    protected override bool SlotsAreSymmetric => false;

    protected override void Start()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            if (_listed is not null)
            {
                StartListed(slot);
                continue;
            }
            // One phase per balancer: the checks of its servers are spread evenly over the interval.
            double phase = DrawsFor(slot - (slot % _backends), Phase, 0).NextUniform();
            double share = (phase + ((double)(slot % _backends) / _backends)) % 1;
            ref CheckState check = ref _checks[slot];
            check.Health = FullHealth;
            check.Due = SimDuration.FromSeconds(share * _timers.Interval.Seconds).Nanoseconds;
            Continue(slot);
        }
    }

    protected override void OnTimer(int slot, int timer)
    {
        ref CheckState check = ref _checks[slot];
        Simulation.Resume(check.Cause);
        switch (check.Step)
        {
            case CheckStep.Idle:
                check.Start = Now.Nanoseconds;
                check.IsDisturbed = false;
                WaitFor(slot, CheckStep.Connecting, Connected(slot));
                break;
            case CheckStep.Connecting:
                Connect(slot);
                break;
            case CheckStep.Answering:
                check.NotReadySince = -1;
                check.Step = CheckStep.Waiting;
                Listen(slot);
                break;
            default:
                Finish(slot, false);
                break;
        }
    }

    protected override void OnSignal(int slot)
    {
        Cause cause = Simulation.Cause;
        React(slot);
        // Others react to the same change after this.
        Simulation.Resume(cause);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref CheckState check = ref _checks[slot];
        writer.Add((long)check.Step);
        writer.Add((long)check.Health);
        writer.Add(check.Start - Now.Nanoseconds);
        writer.Add(check.Due - Now.Nanoseconds);
        writer.Add(check.NotReadySince - Now.Nanoseconds);
        writer.Add(check.IsDisturbed ? 1L : 0L);
        writer.Add(check.IsQuiet ? 1L : 0L);
    }

    private int FullHealth => _timers.Rise + _timers.Fall - 1;

    private Sight Look(int slot) => _views[slot].Look(Simulation.Signals);

    private SimDuration Connected(int slot) => _views[slot].Route.RoundTrip;

    private SimDuration AnsweredAfter(int slot) => new(3 * _views[slot].Route.RoundTrip.Nanoseconds);

    private void React(int slot)
    {
        ref CheckState check = ref _checks[slot];
        ProcessSignals? prober = _probers[slot];
        if (_listed is not null && IsListed(slot) == (check.Step == CheckStep.Off))
        {
            FollowList(slot);
            return;
        }
        if (prober is not null && !Simulation.Signals[prober.Alive])
        {
            Disarm(slot, 0);
            check = new CheckState { Step = CheckStep.Off };
            return;
        }
        if (check.Step == CheckStep.Off && _listed is null)
        {
            Restart(slot);
            return;
        }
        if (check.Step == CheckStep.Off)
        {
            return;
        }
        Wake(slot);
        check.IsDisturbed = true;
        if (check.Cause.IsNone && Look(slot) != Sight.Ok)
        {
            check.Cause = Simulation.Cause;
        }
        if (prober is not null && !Simulation.Signals[prober.Runs])
        {
            Disarm(slot, 0);
            return;
        }
        Simulation.Resume(check.Cause);
        if (check.Step == CheckStep.Waiting)
        {
            Listen(slot);
        }
        else
        {
            Continue(slot);
        }
    }

    private void Restart(int slot)
    {
        double share = (double)(slot % _backends) / _backends;
        _checks[slot] = new CheckState
        {
            Health = _timers.Rise,
            Due = (Now + SimDuration.FromSeconds(share * _timers.Interval.Seconds)).Nanoseconds,
        };
        Simulation.Drive(_inRotation[slot], true);
        if (Look(slot) != Sight.Ok)
        {
            _checks[slot].Cause = Simulation.Cause;
        }
        Continue(slot);
    }

    private void Connect(int slot)
    {
        switch (Look(slot))
        {
            case Sight.Silent:
                WaitFor(slot, CheckStep.Lost, _timers.ConnectLimit);
                break;
            case Sight.Refused:
                Finish(slot, false);
                break;
            default:
                WaitFor(slot, CheckStep.Answering, AnsweredAfter(slot));
                break;
        }
    }

    /// <summary>The question has been sent: takes what answer there is, or waits for it.</summary>
    private void Listen(int slot)
    {
        ref CheckState check = ref _checks[slot];
        Sight sight = Look(slot);
        if (sight is Sight.Ok or Sight.Refused)
        {
            Finish(slot, sight == Sight.Ok);
            return;
        }
        long due = check.Start + _timers.AnswerLimit(Connected(slot)).Nanoseconds;
        if (sight != Sight.NotReady)
        {
            check.NotReadySince = -1;
        }
        else
        {
            if (check.NotReadySince < 0)
            {
                check.NotReadySince = Now.Nanoseconds;
            }
            due = Math.Min(due, (new SimTime(check.NotReadySince) + _notReadyAfter[slot]).Nanoseconds);
        }
        check.Due = due;
        Continue(slot);
    }

    private void Finish(int slot, bool isGood)
    {
        ref CheckState check = ref _checks[slot];
        Judge(slot, isGood);
        SimDuration pause = check.Health == FullHealth ? _timers.Interval : check.Health == 0 ? _timers.Down : _timers.Fast;
        check.Length = Now.Nanoseconds - check.Start;
        check.Due = _timers.IntervalFromStart
            ? Math.Max(check.Start + pause.Nanoseconds, Now.Nanoseconds)
            : Now.Nanoseconds + pause.Nanoseconds;
        check.Step = CheckStep.Idle;
        if (!TryRest(slot, isGood))
        {
            Continue(slot);
        }
    }

    /// <summary>Health is <c>rise + fall − 1</c> at best and 0 at worst; from <c>rise</c> on the server is up. One good check of an up
    /// server, and one bad check of a down one, start the count again.</summary>
    private void Judge(int slot, bool isGood)
    {
        ref CheckState check = ref _checks[slot];
        bool wasUp = check.Health >= _timers.Rise;
        if (isGood)
        {
            check.Health = check.Health + 1 >= _timers.Rise ? FullHealth : check.Health + 1;
            if (check.Health == FullHealth && Look(slot) == Sight.Ok)
            {
                check.Cause = default;
            }
            if (!wasUp && check.Health == FullHealth)
            {
                Simulation.Trace?.OnNote(Now, this, slot, $"{ProberOf(slot)} puts {_views[slot].Process.Name} back into rotation");
                Simulation.Drive(_inRotation[slot], true);
            }
        }
        else
        {
            check.Health = check.Health - 1 < _timers.Rise ? 0 : check.Health - 1;
            if (wasUp && check.Health == 0)
            {
                Simulation.Trace?.OnNote(Now, this, slot, $"{ProberOf(slot)} takes {_views[slot].Process.Name} out of rotation after {_timers.Fall} bad checks");
                Simulation.Drive(_inRotation[slot], false, _stages.Detect);
                _markdowns?.Count(Simulation, slot % _backends);
                foreach (IMarkedDown follower in _followers)
                {
                    follower.MarkedDown(slot / _backends, slot % _backends);
                }
            }
        }
    }

    private string ProberOf(int slot) => _probers[slot]?.Name ?? Name;

    private void WaitFor(int slot, CheckStep step, SimDuration sinceStart)
    {
        _checks[slot].Step = step;
        _checks[slot].Due = _checks[slot].Start + sinceStart.Nanoseconds;
        Continue(slot);
    }

    /// <summary>Arms the next step; what is overdue after a hang happens now.</summary>
    private void Continue(int slot)
    {
        Simulation.Resume(_checks[slot].Cause);
        if (_probers[slot] is not { } prober || Simulation.Signals[prober.Runs])
        {
            ArmAt(slot, 0, new SimTime(Math.Max(_checks[slot].Due, Now.Nanoseconds)));
        }
    }
}
