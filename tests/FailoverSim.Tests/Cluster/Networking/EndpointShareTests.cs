using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Networking;
using FailoverSim.Models.Workloads;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

public class EndpointShareTests
{
    /// <summary>Whatever happens to pods, rules, kube-proxies and machines, each instant's share is that of simulating every node's own rules.</summary>
    [Theory]
    [InlineData(4, 1)]
    [InlineData(9, 2)]
    [InlineData(9, 3)]
    public void Shares_are_those_of_every_node_by_its_own_rules(int nodes, ulong seed)
    {
        int[] replicas = [1, 3, 7];
        RandomLife life = new(nodes, replicas, seed);
        for (int replication = 0; replication < 20; replication++)
        {
            life.Play(replication, 400);
            Assert.Equal(life.Expected, life.Measured);
            Assert.True(life.Rules.Stale > 100);
        }
    }

    [Fact]
    public void While_all_pods_answer_every_request_is_answered()
    {
        NetworkBench bench = new(5);
        WorkloadSet workloads = bench.Workloads(3, 7, 11);
        EndpointShares shares = new(bench.Lab.Builder, workloads, bench.Nodes, bench.Proxies());
        for (int node = 0; node < 5; node++)
        {
            Switch(bench, 10 + node, bench.Agents[node].Alive, false);
        }
        bench.Lab.At(30, _ => shares.Published(0, false));
        Assert.All(Play(bench, shares, workloads, 100), row => Assert.Equal(0, row.DownNanoseconds));
    }

    /// <summary>A dead kube-proxy takes nothing away; it keeps what was true when it died.</summary>
    [Fact]
    public void Only_changes_are_lost_where_kube_proxy_is_dead()
    {
        NetworkBench bench = new(4);
        WorkloadSet workloads = bench.Workloads(2, 2);
        EndpointShares shares = new(bench.Lab.Builder, workloads, bench.Nodes, bench.Proxies());
        Switch(bench, 10, bench.Agents[0].Alive, false);
        bench.Lab.At(20, _ =>
        {
            shares.Answers(0, false);
            shares.Published(0, false);
        });
        Switch(bench, 60, bench.Agents[0].Alive, true);
        ServiceRow[] rows = Play(bench, shares, workloads, 100);
        // From 20 to 60 s one node in four sends half of its requests to the pod that is gone.
        Assert.Equal(5_000_000_000, rows[0].DownNanoseconds);
        Assert.Equal(0, rows[1].DownNanoseconds);
    }

    [Fact]
    public void A_pod_in_the_rules_that_does_not_answer_takes_its_share_with_it()
    {
        NetworkBench bench = new(4);
        WorkloadSet workloads = bench.Workloads(3);
        EndpointShares shares = new(bench.Lab.Builder, workloads, bench.Nodes, null);
        bench.Lab.At(10, _ => shares.Answers(1, false));
        bench.Lab.At(40, _ => shares.Published(1, false));
        bench.Lab.At(70, _ =>
        {
            shares.Published(0, false);
            shares.Published(2, false);
        });
        ServiceRow row = Assert.Single(Play(bench, shares, workloads, 100));
        // A third for 30 s, in parts of 2²⁰, then all of it for 30 s.
        Assert.Equal(Math.Round(30e9 * 349_525 / Level.Whole) + 30e9, row.DownNanoseconds);
    }

    /// <summary>With more generations of old rules than are told apart, those who stop last are counted as if they had stopped a little earlier.</summary>
    [Fact]
    public void Beyond_64_generations_the_error_is_the_share_of_the_nodes_that_were_not_told_apart()
    {
        const int Nodes = 80;
        NetworkBench bench = new(Nodes);
        WorkloadSet workloads = bench.Workloads(2);
        EndpointShares shares = new(bench.Lab.Builder, workloads, bench.Nodes, bench.Proxies());
        for (int node = 0; node < Nodes; node++)
        {
            int step = node;
            Switch(bench, 1 + node, bench.Agents[node].Alive, false);
            bench.Lab.At(1.5 + node, _ => shares.Published(1, step % 2 != 0));
        }
        bench.Lab.At(100, _ => shares.Answers(1, false));
        ServiceRow row = Assert.Single(Play(bench, shares, workloads, 101));
        // Nodes that stopped while both pods were in the rules lose half of their requests: 40 of 80; the last 16 count as the 64th, which had one.
        Assert.Equal(1e9 * 32 / 80 / 2, row.DownNanoseconds, 1000.0);
    }

    private static void Switch(NetworkBench bench, double at, Signal signal, bool value) =>
        bench.Lab.At(at, simulation => simulation.Drive(signal, value));

    private static ServiceRow[] Play(NetworkBench bench, EndpointShares shares, WorkloadSet workloads, double seconds)
    {
        for (int w = 0; w < workloads.Options.Length; w++)
        {
            bench.Lab.Builder.Service($"share-{w}", shares.Answered(w), []);
        }
        Simulation simulation = bench.Lab.Builder.Build(1);
        ServiceRow[] rows = simulation.Run(0, SimDuration.Zero, SimDuration.FromSeconds(seconds));
        return rows;
    }

    /// <summary>One thing happens per second, to pods, rules, kube-proxies or machines.</summary>
    private sealed class RandomLife
    {
        private readonly NetworkBench _bench;
        private readonly int[] _replicas;
        private readonly EndpointShares _shares;
        private readonly Simulation _simulation;
        private Int128[] _lacking;

        public RandomLife(int nodes, int[] replicas, ulong seed)
        {
            _bench = new NetworkBench(nodes, agent: "kube-proxy");
            _replicas = replicas;
            _shares = new EndpointShares(_bench.Lab.Builder, _bench.Workloads(replicas), _bench.Nodes, _bench.Proxies());
            for (int w = 0; w < replicas.Length; w++)
            {
                _bench.Lab.Builder.Service($"share-{w}", _shares.Answered(w), []);
            }
            for (int w = 0; w < replicas.Length; w++)
            {
                _bench.Lab.Builder.Service($"twice-{w}", _shares.AnsweredWithin(_bench.Lab.Builder, w, 2), []);
            }
            Rules = new RulesOfNodes(replicas, nodes);
            _lacking = new Int128[2 * replicas.Length];
            _bench.Lab.Repeatedly(1, (simulation, draws) =>
            {
                Account(simulation);
                Act(simulation, draws);
                return 1;
            });
            _simulation = _bench.Lab.Builder.Build(seed);
        }

        public RulesOfNodes Rules { get; private set; }

        public long[] Expected => [.. _lacking.Select(l => (long)(((l * 1_000_000_000) + (Level.Whole / 2)) / Level.Whole))];

        public long[] Measured { get; private set; } = [];

        public void Play(int replication, int seconds)
        {
            Rules = new RulesOfNodes(_replicas, _bench.Nodes.Count);
            _lacking = new Int128[2 * _replicas.Length];
            // The last act is at the end, when all that went before has been accounted for.
            ServiceRow[] rows = _simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(seconds));
            Account(_simulation);
            Measured = [.. rows.Select(r => r.DownNanoseconds)];
        }

        private void Account(Simulation simulation)
        {
            for (int node = 0; node < _bench.Nodes.Count; node++)
            {
                MachineSignals machine = _bench.Nodes.Signals[node].Machine;
                SignalGraph signals = simulation.Signals;
                Rules.Look(
                    node, signals[machine.Powered], signals[machine.Up], signals[machine.Network], signals[_bench.Agents[node].Runs]);
            }
            for (int w = 0; w < _replicas.Length; w++)
            {
                _lacking[w] += Level.Whole - Rules.Share(w);
                _lacking[_replicas.Length + w] += Level.Whole - Rules.Share(w, tries: 2);
            }
        }

        private void Act(Simulation simulation, Draws draws)
        {
            int pod = draws.NextIndex(Rules.Published.Length);
            int node = draws.NextIndex(_bench.Nodes.Count);
            MachineSignals machine = _bench.Nodes.Signals[node].Machine;
            switch (draws.NextIndex(12))
            {
                case 0 or 1 or 2:
                    Rules.Published[pod] = !Rules.Published[pod];
                    _shares.Published(pod, Rules.Published[pod]);
                    break;
                case 3 or 4 or 5:
                    Rules.Answers[pod] = !Rules.Answers[pod];
                    _shares.Answers(pod, Rules.Answers[pod]);
                    break;
                case 6 when !Rules.Published[pod]:
                    Rules.Address[pod]++;
                    _shares.Renewed(pod);
                    break;
                case 7:
                    Toggle(simulation, machine.Powered);
                    break;
                case 8:
                    Toggle(simulation, machine.Network);
                    break;
                case 9:
                    Toggle(simulation, _bench.NotHung(machine));
                    break;
                case 10:
                    Toggle(simulation, _bench.Agents[node].Alive);
                    break;
                case 11:
                    Toggle(simulation, _bench.NotHung(_bench.Agents[node]));
                    break;
            }
        }

        private static void Toggle(Simulation simulation, Signal signal) => simulation.Drive(signal, !simulation.Signals[signal]);
    }
}
