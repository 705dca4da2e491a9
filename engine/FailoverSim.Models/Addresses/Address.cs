using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Observation;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;

namespace FailoverSim.Models.Addresses;

/// <summary>
/// One virtual address in a layer-2 network, which moves to whoever announced it last (gratuitous ARP): kube-vip's in ARP
/// mode, keepalived's.
/// </summary>
/// <remarks>
/// <para>
/// The address is the kernel's: a process that dies leaves it on the interface, where it serves traffic until another machine
/// announces it. It goes when its process gives it up, when a new process finds that it does not hold it, or with the power.
/// This follows from how interfaces keep addresses; neither program removes it when it is killed.
/// </para>
/// <para>
/// A claimant whose network returns announces again only if the present target does not serve, and one that claims without
/// traffic announces when the target gives up (kube-vip repeats its announcements every 3 s, pkg/arp).
/// </para>
/// </remarks>
public sealed class Address : Component, IHolders
{
    private static readonly Purpose TakingOver = Purpose.Named("take over");

    private readonly ImmutableArray<AddressClaimant> _claimants;
    private readonly ImmutableArray<LawId> _takesOver;
    private readonly ClusterStages _stages;
    private readonly Signal _nothing;
    private readonly bool _backendIsWatched;
    private readonly Counter _moves;
    private readonly Counter _falseMoves;
    private readonly State<Claim> _claims;
    private readonly State<Standing> _standing;

    /// <param name="builder">The model to join.</param>
    /// <param name="name">Such as <c>api-vip</c>.</param>
    /// <param name="claimants">Who can have it; slots as those of the mechanism that decides who does.</param>
    /// <param name="stages">What outages wait for.</param>
    /// <param name="backendIsWatched">Whether the mechanism that decides who has the address notices when the backend fails.</param>
    public Address(
        ModelBuilder builder, string name, IReadOnlyList<AddressClaimant> claimants, ClusterStages stages, bool backendIsWatched = true)
        : base(builder, $"address/{name}", claimants.Count, 1)
    {
        _backendIsWatched = backendIsWatched;
        _nothing = builder.Condition($"{Name}.nothing");
        Behind = builder.Gate($"{Name}.behind", 1, _nothing);
        _claimants = [.. claimants];
        _takesOver = [.. claimants.Select(c => builder.Law(c.TakesOver))];
        _stages = stages;
        _moves = builder.Counter($"address-moves:{name}");
        _falseMoves = builder.Counter($"address-moves-false:{name}");
        Reaches = builder.Condition($"{Name}.reaches");
        Held = builder.Condition($"{Name}.held");
        _claims = NewState<Claim>(Count);
        _standing = NewState<Standing>(1);
        for (int slot = 0; slot < Count; slot++)
        {
            AddressClaimant claimant = claimants[slot];
            foreach (Signal signal in new[]
            {
                claimant.Announcer.Machine.Powered, claimant.Announcer.Runs, claimant.Host, claimant.Backend,
            }.Distinct())
            {
                builder.Observe(signal, this, slot);
            }
        }
    }

    /// <summary>Traffic to the address gets to a backend that works.</summary>
    public Signal Reaches { get; }

    /// <summary>
    /// A gate that is down while traffic gets to a backend that is down and that nobody watches: then there is no failover under
    /// way, and the outage waits for what that backend waits for.
    /// </summary>
    public Signal Behind { get; }

    /// <summary>Some claimant has it and its announcer runs.</summary>
    public Signal Held { get; }

    /// <summary>The claimant that gets the traffic, if it has the address and its machine is there; −1: none.</summary>
    public int HolderSlot
    {
        get
        {
            int target = _standing[0].Target - 1;
            return target >= 0 && Serves(target) ? target : -1;
        }
    }

    public override string EntityName(int slot) => $"{Name}/{_claimants[slot].Announcer.Machine.Name}";

    /// <summary>The target is known by its slot.</summary>
    protected override bool SlotsAreSymmetric => false;

    /// <summary>A claimant takes the address and announces it. At t = 0 it has had it for long.</summary>
    public void Acquired(int slot)
    {
        ref Standing standing = ref _standing[0];
        _claims[slot].Has = true;
        standing.Search = 0;
        if (Now == SimTime.Zero)
        {
            standing.Target = slot + 1;
        }
        else if (standing.Target != slot + 1)
        {
            Announce(slot);
        }
        Review();
    }

    /// <summary>A claimant removes the address.</summary>
    public void Lost(int slot)
    {
        if (_claims[slot].Has)
        {
            GiveUp(slot);
            Review();
        }
    }

    /// <summary>Until somebody acquires it, outages of the address wait for this.</summary>
    public void Waiting(int stage)
    {
        _standing[0].Search = stage;
        Review();
    }

    /// <summary>Who has it is known when the mechanism that decides has started.</summary>
    protected override void Start() => ReactWhenSettled(0);

    /// <summary>The announcement has arrived: traffic goes there from now on, whatever became of the announcer.</summary>
    protected override void OnTimer(int slot, int timer)
    {
        ref Standing standing = ref _standing[0];
        if (standing.Target != 0)
        {
            Simulation.Count(_moves);
            AddressClaimant left = _claimants[standing.Target - 1];
            if (Is(left.Announcer.Alive) && Is(left.Host) && Is(left.Backend))
            {
                Simulation.Count(_falseMoves);
            }
        }
        if (Simulation.Trace is { } trace)
        {
            if (standing.Target != 0 && standing.Target != slot + 1)
            {
                trace.OnNote(Now, this, standing.Target - 1, "gets the traffic of the address no longer", "without the address");
            }
            trace.OnNote(Now, this, slot, "gets the traffic of the address", "has the address");
        }
        standing.Target = slot + 1;
        Review();
    }

    protected override void OnSignal(int slot)
    {
        AddressClaimant claimant = _claimants[slot];
        if (!Is(claimant.Announcer.Machine.Powered) && _claims[slot].Has)
        {
            GiveUp(slot);
        }
        if (!Is(claimant.Host))
        {
            Disarm(slot, 0);
        }
        else if (_claims[slot].Has && HolderSlot < 0)
        {
            AnnounceAgain(slot);
        }
        Review();
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_claims[slot].Has ? 1L : 0);
        writer.Add(_standing[0].Target == slot + 1 ? 1L : 0);
    }

    private bool Is(Signal signal) => Simulation.Signals[signal];

    private bool Serves(int slot) => _claims[slot].Has && Is(_claimants[slot].Host);

    private void GiveUp(int slot)
    {
        _claims[slot].Has = false;
        Disarm(slot, 0);
        if (_standing[0].Target != slot + 1)
        {
            return;
        }
        for (int other = 0; other < Count; other++)
        {
            if (Serves(other))
            {
                AnnounceAgain(other);
            }
        }
    }

    private void AnnounceAgain(int slot)
    {
        if (!IsArmed(slot, 0) && _standing[0].Target != slot + 1 && Is(_claimants[slot].Announcer.Runs))
        {
            Announce(slot);
        }
    }

    /// <summary>The latest announcement wins: those under way come to nothing.</summary>
    private void Announce(int slot)
    {
        if (!Is(_claimants[slot].Host))
        {
            return;
        }
        for (int other = 0; other < Count; other++)
        {
            Disarm(other, 0);
        }
        Simulation.Trace?.OnNote(Now, this, slot, "announces that it has the address");
        ArmAfter(slot, 0, SimDuration.FromSeconds(Draw(slot, _takesOver[slot], TakingOver, _claims[slot].Announcements++)));
    }

    private void Review()
    {
        ref Standing standing = ref _standing[0];
        bool held = false;
        bool announcing = false;
        for (int slot = 0; slot < Count; slot++)
        {
            held |= Serves(slot) && Is(_claimants[slot].Announcer.Runs);
            announcing |= IsArmed(slot, 0);
        }
        int holder = HolderSlot;
        int search = standing.Search == 0 ? _stages.Detect : standing.Search;
        standing.Held.Show(Simulation, Held, held, search);
        bool reaches = holder >= 0 && Is(_claimants[holder].Backend);
        bool isLeft = !reaches && holder >= 0 && standing.Search == 0 && !announcing && !_backendIsWatched;
        standing.Reaches.Show(Simulation, Reaches, reaches, announcing ? _stages.TakeOver : search);
        if (isLeft)
        {
            Simulation.Yield(Reaches);
        }
        int behind = isLeft ? holder + 1 : 0;
        if (standing.Behind != behind)
        {
            standing.Behind = behind;
            Simulation.Replug(Behind, 0, behind == 0 ? _nothing : _claimants[holder].Backend);
        }
    }

    private struct Claim
    {
        /// <summary>The address is on its interface.</summary>
        public bool Has;

        public long Announcements;
    }

    private struct Standing
    {
        /// <summary>Whom traffic is sent to, plus 1; 0: nobody.</summary>
        public int Target;

        /// <summary>What the search for a holder waits for; 0: there is one, as far as is known.</summary>
        public int Search;

        /// <summary>Whose backend <see cref="Address.Behind"/> follows, plus 1; 0: nobody's.</summary>
        public int Behind;

        public Shown Held;
        public Shown Reaches;
    }
}
