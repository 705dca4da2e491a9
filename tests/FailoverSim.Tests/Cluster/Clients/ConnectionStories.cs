using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Clients;
using FailoverSim.Models.Cluster;
using Xunit;

namespace FailoverSim.Tests.Cluster.Clients;

/// <summary>Three backends, long-lived connections: what share of the clients is lost for how long.</summary>
public class ConnectionStories
{
    private readonly Lab _lab = new();
    private readonly List<ProcessSignals> _backends = [];
    private readonly Connections _connections;

    public ConnectionStories()
    {
        for (int i = 1; i <= 3; i++)
        {
            _backends.Add(_lab.Process("api", _lab.Machine($"m-{i}")));
        }
        Level level = _lab.Builder.Level();
        _connections = new Connections(
            _lab.Builder,
            "clients",
            [.. _backends.Select(b => new PeerSignals(b.Runs, b.Runs, b.Machine.Up, b.Alive, b.Runs))],
            new ConnectionTimers(Seconds(30), Seconds(15), Seconds(1), Seconds(30)),
            level,
            []);
        _lab.Builder.Service("answered", level, []);
    }

    [Fact]
    public void CrashedPeerResetsAndItsClientsAreBackAfterTheFirstDelay()
    {
        _lab.At(100, s => s.Drive(_backends[0].Alive, false));
        Assert.Equal(1 / 3.0, LostSeconds(200), 5);
    }

    [Fact]
    public void SilentPeerKeepsItsClientsUntilThePingFails()
    {
        _lab.At(100, s => s.Drive(_backends[0].Machine.Powered, false));
        Assert.Equal((45 + 1) / 3.0, LostSeconds(300), 3);
    }

    [Fact]
    public void PeerThatComesBackWithinThePingKeepsNobodyIfItsProcessDied()
    {
        _lab.At(100, s =>
        {
            s.Drive(_backends[0].Machine.Powered, false);
            s.Drive(_backends[0].Alive, false);
        });
        _lab.At(120, s =>
        {
            s.Drive(_backends[0].Machine.Powered, true);
            s.Drive(_backends[0].Alive, true);
        });
        Assert.Equal((20 + 1) / 3.0, LostSeconds(300), 3);
    }

    [Fact]
    public void HangThatEndsInTimeCostsOnlyItself()
    {
        _lab.At(100, s => s.Drive(_lab.NotHung("api@m-1"), false));
        _lab.At(130, s => s.Drive(_lab.NotHung("api@m-1"), true));
        Assert.Equal(30 / 3.0, LostSeconds(300), 3);
    }

    [Fact]
    public void LoadDoesNotMoveBackToAPeerThatReturns()
    {
        _lab.At(100, s => s.Drive(_backends[0].Alive, false));
        _lab.At(110, s => s.Drive(_backends[0].Alive, true));
        // The first peer has no clients left when it dies again; the second has half of all.
        _lab.At(200, s => s.Drive(_backends[0].Alive, false));
        _lab.At(300, s => s.Drive(_backends[1].Alive, false));
        Assert.Equal(1 / 3.0 + 1 / 2.0, LostSeconds(400), 4);
    }

    [Fact]
    public void AttemptsBackOffWhileNobodyTakesThem()
    {
        _lab.At(100, s => _backends.ForEach(b => s.Drive(b.Alive, false)));
        _lab.At(110, s => s.Drive(_backends[2].Alive, true));
        // Attempts 1, 3, 7 and 15 s after the crash; the last finds a peer.
        Assert.Equal(15, LostSeconds(400), 4);
    }

    [Fact]
    public void MovedAddressResetsEverybody()
    {
        _lab.At(100, _ => _connections.Acquired(1));
        _lab.At(200, _ => _connections.Acquired(2));
        _lab.At(300, _ => _connections.Acquired(2));
        Assert.Equal(1, LostSeconds(400), 4);
    }

    [Fact]
    public void BalancerThatCutsSessionsSparesThePing()
    {
        _lab.At(100, s => s.Drive(_backends[0].Machine.Powered, false));
        _lab.At(106, _ => _connections.MarkedDown(0, 0));
        Assert.Equal((6 + 1) / 3.0, LostSeconds(300), 3);
    }

    private double LostSeconds(double horizon)
    {
        Simulation simulation = _lab.Builder.Build(1);
        ServiceRow row = simulation.Run(0, SimDuration.Zero, Seconds(horizon))[0];
        return row.DownNanoseconds * 1e-9;
    }

    private static SimDuration Seconds(double seconds) => SimDuration.FromSeconds(seconds);
}
