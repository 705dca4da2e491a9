using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Links;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Models.Etcd;

/// <summary>The streams between the members of an etcd cluster, and from each member to itself for what its disk has taken.</summary>
/// <remarks>Link from × members + to.</remarks>
internal sealed class RaftLinks : LinkSet<RaftMessage>
{
    /// <summary>More than any member says in an election; what comes while a receiver hangs is lost beyond that.</summary>
    private const int Capacity = 64;

    private static readonly Purpose HeartbeatWay = Purpose.Named("heartbeat");
    private static readonly Purpose AnswerWay = Purpose.Named("heartbeat-answer");
    private static readonly Purpose OtherWay = Purpose.Named("message");
    private static readonly Purpose HeartbeatLoss = Purpose.Named("heartbeat-loss");
    private static readonly Purpose AnswerLoss = Purpose.Named("heartbeat-answer-loss");
    private static readonly Purpose OtherLoss = Purpose.Named("message-loss");

    private readonly EtcdCluster _cluster;
    private readonly ImmutableArray<LawId> _rtt;
    private readonly State<long> _sent;
    private readonly State<Busy> _busy;

    public RaftLinks(
        ModelBuilder builder, string name, EtcdCluster cluster, IReadOnlyList<LinkEnds> ends, IReadOnlyList<LawId> rtt)
        : base(builder, name, ends, Capacity)
    {
        _cluster = cluster;
        _rtt = [.. rtt];
        _sent = NewState<long>(ends.Count);
        _busy = NewState<Busy>(ends.Count);
    }

    /// <summary>Sends a message now that leaves when it may; lost with some probability.</summary>
    public void Post(int link, in RaftMessage message, double loss)
    {
        bool numbered = message.Kind is RaftKind.Heartbeat or RaftKind.HeartbeatResponse;
        long occurrence = numbered ? message.Number : _sent[link]++;
        if (loss > 0 && DrawsFor(link, LossOf(message.Kind), occurrence).NextUniform() < loss)
        {
            return;
        }
        Place(link, in message, message.Departs + WayOf(link, message.Kind, occurrence));
        if (!numbered)
        {
            _busy[link].Others = _busy[link].All;
        }
    }

    /// <summary>Puts a message under way that arrives at a known instant.</summary>
    public void Place(int link, in RaftMessage message, long due)
    {
        _busy[link].All = Math.Max(_busy[link].All, due);
        Send(link, in message, new SimDuration(due - Now.Nanoseconds));
    }

    /// <summary>A heartbeat sent now, and the answer to it, have nothing before them that they would have to queue behind.</summary>
    /// <param name="there">From the leader to the follower.</param>
    /// <param name="back">From the follower to the leader.</param>
    /// <param name="arrival">When the heartbeat arrives by its own way, in nanoseconds.</param>
    /// <param name="answer">When the answer does.</param>
    public bool IsFree(int there, int back, long arrival, long answer)
    {
        if (Math.Max(_busy[there].Others, _busy[back].Others) > Now.Nanoseconds || _busy[there].All > arrival)
        {
            return false;
        }
        long last = _busy[back].All;
        for (int i = 0; i < CountOf(there); i++)
        {
            last = Math.Max(last, DueOf(there, i) + WayOf(back, RaftKind.HeartbeatResponse, MessageOf(there, i).Number));
        }
        return last <= answer;
    }

    /// <summary>How long a message is under way, in nanoseconds: half of a draw of the round trip.</summary>
    public long WayOf(int link, RaftKind kind, long occurrence)
    {
        Purpose purpose = kind switch
        {
            RaftKind.Heartbeat => HeartbeatWay,
            RaftKind.HeartbeatResponse => AnswerWay,
            _ => OtherWay,
        };
        return SimDuration.FromSeconds(0.5 * Draw(link, _rtt[link], purpose, occurrence)).Nanoseconds;
    }

    protected override void OnDelivered(int link, in RaftMessage message) => _cluster.Deliver(in message);

    protected override void OnRefused(int link, in RaftMessage message)
    {
    }

    private static Purpose LossOf(RaftKind kind) => kind switch
    {
        RaftKind.Heartbeat => HeartbeatLoss,
        RaftKind.HeartbeatResponse => AnswerLoss,
        _ => OtherLoss,
    };

    /// <summary>Until when something is under way: anything, and anything but heartbeats and their answers.</summary>
    private struct Busy
    {
        public long All;
        public long Others;
    }
}
