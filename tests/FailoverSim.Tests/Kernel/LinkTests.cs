using FailoverSim.Kernel;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using Xunit;

namespace FailoverSim.Tests.Kernel;

public class LinkTests
{
    [Fact]
    public void Messages_arrive_in_the_order_of_sending_even_when_a_later_one_is_faster() =>
        Assert.Equal(
            ["20: got 1", "20: got 2", "35: got 3"],
            Play((10, n => n.Send(1, 10)), (12, n => n.Send(2, 3)), (30, n => n.Send(3, 5))));

    [Theory]
    [InlineData("path")]
    [InlineData("to-network")]
    [InlineData("to-host")]
    public void Message_that_something_between_swallows_is_silent(string broken) =>
        Assert.Equal(
            ["45: got 2"],
            Play((10, n => n.Send(1, 10)), (15, n => n.Fall(broken)), (25, n => n.Rise(broken)), (40, n => n.Send(2, 5))));

    [Fact]
    public void Message_under_way_outlives_its_sender_and_one_sent_without_a_network_is_lost() =>
        Assert.Equal(
            ["20: got 1"],
            Play((10, n => n.Send(1, 10)), (15, n => n.Fall("from-network")), (16, n => n.Send(2, 1)), (18, n => n.Rise("from-network"))));

    [Fact]
    public void Dead_process_on_a_live_host_refuses_after_the_way_back() =>
        Assert.Equal(
            ["30: refused 1"], Play((5, n => n.Fall("to-process")), (10, n => n.Send(1, 10))));

    [Fact]
    public void Dead_process_loses_what_nobody_refuses_and_what_follows_is_not_held_up() =>
        Assert.Equal(
            ["32: got 2"],
            Play((1, n => n.IsDatagram = true), (5, n => n.Fall("to-process")), (10, n => n.Send(1, 20)), (12, n => n.Send(2, 20)),
                (31, n => n.Rise("to-process"))));

    [Fact]
    public void Message_is_held_while_the_receiver_takes_nothing_in() =>
        Assert.Equal(
            ["50: got 1", "50: got 2", "60: got 3"],
            Play(
                (5, n => n.Fall("to-ready")), (10, n => n.Send(1, 10)), (12, n => n.Send(2, 10)), (50, n => n.Rise("to-ready")),
                (55, n => n.Send(3, 5))));

    [Fact]
    public void Held_message_is_refused_once_the_process_is_dead() =>
        Assert.Equal(
            ["40: refused 1"],
            Play((5, n => n.Fall("to-ready")), (10, n => n.Send(1, 10)), (30, n => n.Fall("to-process"))));

    [Fact]
    public void Full_link_loses_what_is_sent_beyond()
    {
        List<bool> accepted = [];
        List<string> heard = Play((10, n => accepted.AddRange(Enumerable.Range(1, 5).Select(i => n.Send(i, 10)))));
        Assert.Equal([true, true, true, true, false], accepted);
        Assert.Equal(4, heard.Count);
    }

    [Fact]
    public void Copied_links_go_on_alike()
    {
        List<string> Heard(bool copy)
        {
            (Simulation simulation, Network network) = Build((10, n => n.Send(1, 10)), (12, n => n.Send(2, 30)), (30, n => n.Send(3, 1)));
            simulation.Reset(0);
            simulation.RunUntil(new SimTime(25));
            if (copy)
            {
                (Simulation other, Network otherNetwork) = Build((10, n => n.Send(1, 10)), (12, n => n.Send(2, 30)), (30, n => n.Send(3, 1)));
                other.Reset(1);
                other.CopyStateFrom(simulation);
                Assert.Equal(simulation.Encode(), other.Encode());
                (simulation, network) = (other, otherNetwork);
            }
            network.Heard.Clear();
            simulation.RunUntil(new SimTime(1000));
            return network.Heard;
        }

        Assert.Equal(["42: got 2", "42: got 3"], Heard(copy: false));
        Assert.Equal(Heard(copy: false), Heard(copy: true));
    }

    private static List<string> Play(params (long At, Action<Network> Do)[] steps)
    {
        (Simulation simulation, Network network) = Build(steps);
        simulation.Reset(0);
        simulation.RunUntil(new SimTime(1000));
        return network.Heard;
    }

    private static (Simulation, Network) Build(params (long At, Action<Network> Do)[] steps)
    {
        ModelBuilder builder = new();
        Dictionary<string, Signal> signals = new[] { "from-network", "path", "to-network", "to-host", "to-process", "to-ready" }
            .ToDictionary(name => name, name => builder.Condition(name));
        Network network = new(builder, signals);
        _ = new Script(builder, "script", [.. steps.Select(s => (s.At, (Action<Script>)(_ => s.Do(network))))]);
        return (builder.Build(1), network);
    }

    private sealed class Network(ModelBuilder builder, Dictionary<string, Signal> signals)
        : LinkSet<int>(
            builder,
            "network",
            [new LinkEnds(signals["from-network"], signals["path"], signals["to-network"], signals["to-host"], signals["to-process"], signals["to-ready"])],
            capacity: 4)
    {
        public List<string> Heard { get; } = [];

        public bool IsDatagram { get; set; }

        protected override bool TellsOfRefusals => !IsDatagram;

        public bool Send(int message, long latency) => Send(0, message, new SimDuration(latency));

        public void Fall(string signal) => Simulation.Drive(signals[signal], false);

        public void Rise(string signal) => Simulation.Drive(signals[signal], true);

        protected override void OnDelivered(int link, in int message) => Heard.Add($"{Now.Nanoseconds}: got {message}");

        protected override void OnRefused(int link, in int message) => Heard.Add($"{Now.Nanoseconds}: refused {message}");
    }
}
