using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Tests.Kernel;

/// <summary>A component that does what a test says: one slot and one deadline per step.</summary>
internal sealed class Script(ModelBuilder builder, string name, params (long At, Action<Script> Do)[] steps)
    : Component(builder, name, Math.Max(1, steps.Length), 1)
{
    private readonly Action<Script>? _onSignal;

    public Script(ModelBuilder builder, string name, Action<Script> onSignal)
        : this(builder, name, []) => _onSignal = onSignal;

    public void Fall(Signal condition, int cause = 0, int stage = 0)
    {
        if (cause > 0)
        {
            Simulation.Raise(cause);
        }
        Simulation.Drive(condition, false, stage);
    }

    public void Rise(Signal condition) => Simulation.Drive(condition, true);

    public void Stage(Signal condition, int stage) => Simulation.SetStage(condition, stage);

    public void Relieve(Signal condition) => Simulation.Relieve(condition);

    public void Yield(Signal condition) => Simulation.Yield(condition);

    public void Replug(Signal gate, int input, Signal source) => Simulation.Replug(gate, input, source);

    /// <summary>Its first step once more, at this instant.</summary>
    public void Again() => ArmAt(0, 0, Simulation.Now);

    public void Ask() => ReactWhenSettled(0);

    public void SetLevel(FailoverSim.Kernel.Levels.Level level, int parts) => Simulation.SetLevel(level, parts);

    public void CountUp(FailoverSim.Kernel.Observation.Counter counter) => Simulation.Count(counter);

    public bool Read(Signal signal) => Simulation.Signals[signal];

    protected internal override void Start()
    {
        for (int slot = 0; slot < steps.Length; slot++)
        {
            ArmAt(slot, 0, new SimTime(steps[slot].At));
        }
    }

    protected internal override void OnTimer(int slot, int timer) => steps[slot].Do(this);

    protected internal override void OnSignal(int slot) => _onSignal?.Invoke(this);

    protected internal override void Encode(int slot, StateWriter writer)
    {
    }
}
