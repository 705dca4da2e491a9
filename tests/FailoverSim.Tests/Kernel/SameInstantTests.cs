using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

/// <summary>What an elided tick is asked: whether it comes before what happens at the same instant.</summary>
public class SameInstantTests
{
    [Fact]
    public void A_timer_has_passed_when_it_or_a_later_one_has_had_its_turn()
    {
        ModelBuilder builder = new();
        Ticker ticker = new(builder);
        List<string> told = [];
        _ = new Asker(builder, "a", ticker, told, again: null);
        Asker last = new(builder, "y", ticker, told, again: null);
        _ = new Asker(builder, "z", ticker, told, again: last);
        builder.Build(1).Run(0, SimDuration.Zero, SimDuration.FromSeconds(10));
        // The second round of "y" comes after "z", and so after the ticker, though it is armed at this instant only.
        Assert.Equal(["a 4999999999", "y 5000000000", "z 5000000000", "y 5000000000"], told);
    }

    [Fact]
    public void An_instant_before_the_start_and_a_duration_give_an_instant()
    {
        Assert.Equal(new SimTime(20), new SimTime(-10) + new SimDuration(30));
        Assert.Equal(SimTime.Never, new SimTime(10) + SimDuration.Never);
    }

    /// <summary>Its ticks are no events.</summary>
    private sealed class Ticker(ModelBuilder builder) : Component(builder, "m", 1, 1)
    {
        public long Until => PassedUntil(0, 0);

        protected internal override void Start()
        {
        }

        protected internal override void OnTimer(int slot, int timer)
        {
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }
    }

    private sealed class Asker(ModelBuilder builder, string name, Ticker ticker, List<string> told, Asker? again)
        : Component(builder, name, 1, 1)
    {
        public void Again() => ArmAt(0, 0, Now);

        protected internal override void Start() => ArmAt(0, 0, new SimTime(5_000_000_000));

        protected internal override void OnTimer(int slot, int timer)
        {
            told.Add($"{Name} {ticker.Until}");
            again?.Again();
        }

        protected internal override void Encode(int slot, StateWriter writer)
        {
        }
    }
}
