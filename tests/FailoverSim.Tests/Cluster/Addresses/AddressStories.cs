using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Addresses;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Laws;
using FailoverSim.Models.Leases;
using Xunit;

namespace FailoverSim.Tests.Cluster.Addresses;

/// <summary>A virtual address that two or three machines can have; announcements take 0.5 s to arrive.</summary>
public class AddressStories
{
    private readonly Lab _lab = new();
    private readonly List<ProcessSignals> _processes = [];
    private readonly List<Signal> _hosts = [];
    private readonly List<Signal> _backends = [];
    private readonly ClusterStages _stages;

    public AddressStories()
    {
        _stages = new ClusterStages(_lab.Builder);
        for (int i = 0; i < 3; i++)
        {
            MachineSignals machine = _lab.Machine($"cp-{i + 1}");
            _processes.Add(_lab.Process("kube-vip", machine));
            _hosts.Add(_lab.Builder.Gate($"host-{i + 1}", 2, machine.Up, machine.Network));
            _backends.Add(_lab.Builder.Condition($"backend-{i + 1}"));
        }
    }

    [Fact]
    public void A_take_over_takes_the_search_and_the_announcement()
    {
        Address address = Build();
        _lab.At(0, _ => address.Acquired(0));
        _lab.At(100, s => s.Drive(_processes[0].Machine.Powered, false));
        _lab.At(106, _ => address.Acquired(1));
        SignalLog log = Run(address, 200);
        Assert.Equal([100.0], log.Times(address.Reaches, false));
        Assert.Equal([106.5], log.Times(address.Reaches, true));
        Assert.Equal([106.0], log.Times(address.Held, true));
        Assert.Equal(1, address.HolderSlot);
    }

    [Fact]
    public void Its_announcer_dead_the_address_still_serves_until_another_machine_announces_it()
    {
        Address address = Build();
        _lab.At(0, _ => address.Acquired(0));
        _lab.At(100, s => s.Drive(_processes[0].Alive, false));
        _lab.At(106, _ => address.Acquired(1));
        SignalLog log = Run(address, 200);
        Assert.Empty(log.Times(address.Reaches, false));
        Assert.Equal([100.0], log.Times(address.Held, false));
        Assert.Equal([106.0], log.Times(address.Held, true));
        Assert.Equal(1, address.HolderSlot);
    }

    [Fact]
    public void Of_two_that_claim_it_the_last_to_announce_has_the_traffic()
    {
        Address address = Build();
        _lab.At(0, _ => address.Acquired(0));
        _lab.At(100, _ => address.Acquired(1));
        // The backend behind the old target matters no more, that behind the new one does.
        _lab.At(101, s => s.Drive(_backends[0], false));
        _lab.At(110, s => s.Drive(_backends[1], false));
        _lab.At(120, s => s.Drive(_backends[1], true));
        SignalLog log = Run(address, 200);
        Assert.Equal([110.0], log.Times(address.Reaches, false));
        Assert.Equal([120.0], log.Times(address.Reaches, true));
    }

    [Fact]
    public void When_the_target_gives_up_another_that_claims_it_announces_again()
    {
        Address address = Build();
        _lab.At(0, _ => address.Acquired(0));
        _lab.At(100, _ => address.Acquired(1));
        _lab.At(110, _ => address.Lost(1));
        SignalLog log = Run(address, 200);
        Assert.Equal([110.0], log.Times(address.Reaches, false));
        Assert.Equal([110.5], log.Times(address.Reaches, true));
        Assert.Equal(0, address.HolderSlot);
    }

    /// <summary>A cut network leaves the address where it is; a lost power supply does not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_machine_that_returns_has_the_address_only_if_it_kept_its_power(bool keepsPower)
    {
        Address address = Build();
        Signal lost = keepsPower ? _processes[0].Machine.Network : _processes[0].Machine.Powered;
        _lab.At(0, _ => address.Acquired(0));
        _lab.At(100, s => s.Drive(lost, false));
        _lab.At(103, s => s.Drive(lost, true));
        SignalLog log = Run(address, 200);
        Assert.Equal(keepsPower ? [103.0] : [], log.Times(address.Reaches, true));
    }

    [Theory]
    [InlineData(Fidelity.Elided)]
    [InlineData(Fidelity.Exhaustive)]
    public void Kube_vip_moves_the_address_with_its_lease(Fidelity fidelity)
    {
        Address address = Build();
        Electors electors = KubeVip(address, fidelity, out _);
        int holder = -1;
        _lab.At(100, s => s.Drive(_processes[holder = electors.HolderSlot].Machine.Powered, false));
        SignalLog log = Run(address, 200);
        double held = Assert.Single(log.Outages(address.Held));
        Assert.InRange(held, 4, 8.7);
        Assert.Equal(held + 0.5, Assert.Single(log.Outages(address.Reaches)), 1e-9);
        Assert.NotEqual(holder, address.HolderSlot);
        Assert.Equal(electors.HolderSlot, address.HolderSlot);
    }

    /// <summary>Killed and restarted within its lease, kube-vip finds itself as the holder: nobody notices.</summary>
    [Fact]
    public void Kube_vip_restarted_at_once_disturbs_no_traffic()
    {
        Address address = Build();
        Electors electors = KubeVip(address, Fidelity.Elided, out _);
        int holder = -1;
        _lab.At(100, s => s.Drive(_processes[holder = electors.HolderSlot].Alive, false));
        _lab.At(102, s => s.Drive(_processes[holder].Alive, true));
        SignalLog log = Run(address, 200);
        Assert.Empty(log.Times(address.Reaches, false));
        Assert.Equal(2, Assert.Single(log.Outages(address.Held)), 1e-6);
    }

    /// <summary>Killed for longer, it finds another holder when it comes back and removes what it left on its interface.</summary>
    [Fact]
    public void Kube_vip_that_comes_back_late_gives_up_the_address()
    {
        Address address = Build();
        Electors electors = KubeVip(address, Fidelity.Elided, out _);
        int old = -1;
        _lab.At(100, s => s.Drive(_processes[old = electors.HolderSlot].Alive, false));
        _lab.At(150, s => s.Drive(_processes[old].Alive, true));
        // Were the address still on its interface, it would announce it now.
        _lab.At(160, s => s.Drive(_processes[electors.HolderSlot].Machine.Network, false));
        _lab.At(160.1, s => s.Drive(_processes[old].Machine.Network, false));
        _lab.At(160.2, s => s.Drive(_processes[old].Machine.Network, true));
        SignalLog log = Run(address, 161);
        Assert.Equal(160, Assert.Single(log.Times(address.Reaches, false)), 1e-9);
        Assert.Empty(log.Times(address.Reaches, true));
    }

    [Fact]
    public void A_holder_that_loses_the_API_withdraws_the_address()
    {
        Address address = Build();
        Electors electors = KubeVip(address, Fidelity.Elided, out IReadOnlyList<Signal> accepts);
        _lab.At(100, s => s.Drive(accepts[electors.HolderSlot], false));
        SignalLog log = Run(address, 200);
        // One second and a round of three after the last renewal.
        Assert.InRange(Assert.Single(log.Times(address.Reaches, false)), 103, 104);
        Assert.InRange(Assert.Single(log.Outages(address.Reaches)), 1, 6);
    }

    private Address Build() => new(_lab.Builder, "vip",
        [.. Enumerable.Range(0, 3).Select(i => new AddressClaimant(_processes[i], _hosts[i], _backends[i], new Constant(0.5)))],
        _stages);

    private Electors KubeVip(Address address, Fidelity fidelity, out IReadOnlyList<Signal> accepts)
    {
        Constant call = new(0.01);
        LeaseTimers timers = new(
            SimDuration.FromSeconds(5), SimDuration.FromSeconds(3), SimDuration.FromSeconds(1), ReleaseOnStop: true);
        List<Signal> routes = [.. _processes.Select((_, i) => _lab.Builder.Condition($"accepts-{i + 1}"))];
        accepts = routes;
        Signal commits = _lab.Builder.Condition("commits");
        LabProcesses processes = new(_lab.Builder, "processes", _processes, SimDuration.FromSeconds(1));
        List<LeaseCandidate> candidates =
            [.. _processes.Select((p, i) => new LeaseCandidate(p, new ApiRoute(routes[i], commits, call, call), new Constant(0)))];
        return new Electors(_lab.Builder, new ElectorOptions("kube-vip", timers, NodeIdentity: true), candidates, processes, [address],
            _stages, fidelity);
    }

    private SignalLog Run(Address address, double until)
    {
        Simulation simulation = _lab.Builder.Build(1);
        SignalLog log = new(address.Reaches, address.Held);
        simulation.Trace = log;
        simulation.Reset(0);
        log.Changes.Clear();
        simulation.RunUntil(SimTime.Zero + SimDuration.FromSeconds(until));
        log.Changes.RemoveAll(change => change.At == 0);
        return log;
    }
}
