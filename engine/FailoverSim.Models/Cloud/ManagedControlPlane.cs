using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Laws;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;

namespace FailoverSim.Models.Cloud;

/// <summary>
/// A control plane that somebody else runs: one block, up or down. It starts up; up times are exponential, with the mean that
/// gives its availability.
/// </summary>
/// <remarks>Mean up time = A / (1 − A) × mean outage.</remarks>
public sealed class ManagedControlPlane : Component
{
    private const int Up = 0;
    private const int Outage = 1;

    private static readonly Purpose UpTime = Purpose.Named("up");
    private static readonly Purpose DownTime = Purpose.Named("outage");

    private readonly Signal _up;
    private readonly LawId _upTime;
    private readonly LawId _outage;
    private readonly int _cause;
    private readonly int _stage;
    private readonly State<int> _outages;

    /// <param name="builder">The model to join.</param>
    /// <param name="availability">Share of time up, above 0; 1: it never fails.</param>
    /// <param name="outage">Law of an outage, of finite mean.</param>
    /// <param name="cloudApi">The provider's API answers.</param>
    /// <param name="stages">What outages wait for.</param>
    public ManagedControlPlane(ModelBuilder builder, double availability, Law outage, Signal cloudApi, ClusterStages stages)
        : base(builder, "control-plane", 1, 2)
    {
        if (availability is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(availability), availability, "Must be a share above 0 and at most 1.");
        }
        double mean = availability / (1 - availability) * outage.Mean;
        _upTime = builder.Hazard("control-plane.outages", availability == 1 ? Never.Instance : new Exponential(mean));
        _outage = builder.Law(outage);
        _cause = builder.Cause("control-plane");
        _stage = stages.Outage;
        _outages = NewState<int>(1);
        _up = builder.Condition("control-plane");
        Signals = new ControlPlane(_up, _up, _up, _up, cloudApi);
    }

    /// <summary>All of it is up or down at once, but for the provider's API.</summary>
    public ControlPlane Signals { get; }

    protected override void Start() => StartClock(0, Up, _upTime, UpTime, 0);

    protected override void OnTimer(int slot, int timer)
    {
        if (timer == Up)
        {
            Simulation.Raise(_cause);
            Simulation.Drive(_up, false, _stage);
            Simulation.Trace?.OnNote(Now, this, slot, "is out", "out");
            StartClock(0, Outage, _outage, DownTime, _outages[0]++);
        }
        else
        {
            Simulation.Drive(_up, true);
            Simulation.Trace?.OnNote(Now, this, slot, "is back", "in service");
            // What its return sets off is still the outage's doing; the next one is not.
            Cause over = Simulation.Cause;
            Simulation.Resume(default);
            StartClock(0, Up, _upTime, UpTime, _outages[0]);
            Simulation.Resume(over);
        }
    }

    /// <summary>Whether it is up is told by the timer that runs.</summary>
    protected override void Encode(int slot, StateWriter writer)
    {
    }
}
