using FailoverSim.Kernel;
using FailoverSim.Kernel.Levels;
using FailoverSim.Kernel.Randomness;
using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Networking;
using Xunit;

namespace FailoverSim.Tests.Cluster.Networking;

/// <summary>Requests that come by a balancer in front of the nodes.</summary>
public class BalancedShareTests
{
    /// <summary>Whatever happens to pods, rules, machines, membership and rotation, each instant's share is that of asking every node in rotation.</summary>
    [Theory]
    [InlineData(4, true, 1)]
    [InlineData(9, true, 2)]
    [InlineData(9, false, 3)]
    public void Shares_are_those_of_every_node_in_rotation_by_its_own_rules(int nodes, bool proxiesFail, ulong seed)
    {
        int[] replicas = [1, 3, 7];
        NetworkBench bench = new(nodes, agent: "kube-proxy");
        EndpointShares endpoints = new(bench.Lab.Builder, bench.Workloads(replicas), bench.Nodes, proxiesFail ? bench.Proxies() : null);
        Signal[] members = [.. Enumerable.Range(0, nodes).Select(n => bench.Lab.Builder.Condition($"member-{n}"))];
        Signal[] rotation = [.. Enumerable.Range(0, nodes).Select(n => bench.Lab.Builder.Condition($"rotation-{n}"))];
        BalancedShares shares = new(bench.Lab.Builder, bench.Nodes, endpoints, [.. members], n => rotation[n], bench.Stages);
        BalancedWorkload[] behind = [.. replicas.Select((_, w) => shares.Of(w, $"app-{w}.reached"))];
        for (int w = 0; w < replicas.Length; w++)
        {
            bench.Lab.Builder.Service($"share-{w}", behind[w].Answered, []);
        }
        RulesOfNodes rules = new(replicas, nodes);
        Int128[] lacking = new Int128[replicas.Length];
        int mixed = 0;
        bench.Lab.Repeatedly(1, (simulation, draws) =>
        {
            Account(simulation);
            Act(simulation, draws);
            return 1;
        });
        Simulation simulation = bench.Lab.Builder.Build(seed);
        for (int replication = 0; replication < 20; replication++)
        {
            rules = new RulesOfNodes(replicas, nodes);
            lacking = new Int128[replicas.Length];
            ServiceRow[] rows = simulation.Run(replication, SimDuration.Zero, SimDuration.FromSeconds(400));
            Account(simulation);
            Assert.Equal(
                lacking.Select(l => (long)(((l * 1_000_000_000) + (Level.Whole / 2)) / Level.Whole)), rows.Select(r => r.DownNanoseconds));
        }
        Assert.True(mixed > 1000, $"{mixed}");

        void Account(Simulation now)
        {
            for (int node = 0; node < nodes; node++)
            {
                MachineSignals machine = bench.Nodes.Signals[node].Machine;
                rules.Look(
                    node, now.Signals[machine.Powered], now.Signals[machine.Up], now.Signals[machine.Network],
                    !proxiesFail || now.Signals[bench.Agents[node].Runs]);
            }
            bool[] inRotation = [.. rotation.Select(r => now.Signals[r])];
            for (int w = 0; w < replicas.Length; w++)
            {
                int share = rules.BalancedShare(w, inRotation);
                mixed += share is > 0 and < Level.Whole ? 1 : 0;
                // At t = 0 everything has been whole for no time.
                if (now.Now.Seconds > 0)
                {
                    Assert.Equal(share > 0, now.Signals[behind[w].Reached]);
                }
                lacking[w] += Level.Whole - share;
            }
        }

        void Act(Simulation now, Draws draws)
        {
            int pod = draws.NextIndex(rules.Published.Length);
            int node = draws.NextIndex(nodes);
            MachineSignals machine = bench.Nodes.Signals[node].Machine;
            switch (draws.NextIndex(14))
            {
                case 0 or 1 or 2:
                    rules.Published[pod] = !rules.Published[pod];
                    endpoints.Published(pod, rules.Published[pod]);
                    break;
                case 3 or 4:
                    rules.Answers[pod] = !rules.Answers[pod];
                    endpoints.Answers(pod, rules.Answers[pod]);
                    break;
                case 5 when !rules.Published[pod]:
                    rules.Address[pod]++;
                    endpoints.Renewed(pod);
                    break;
                case 6:
                    Toggle(now, machine.Powered);
                    break;
                case 7:
                    Toggle(now, machine.Network);
                    break;
                case 8:
                    Toggle(now, bench.NotHung(machine));
                    break;
                case 9 when proxiesFail:
                    Toggle(now, bench.Agents[node].Alive);
                    break;
                case 10 or 11:
                    Toggle(now, rotation[node]);
                    break;
                case 12:
                    Toggle(now, members[node]);
                    break;
            }
        }
    }

    /// <summary>What a service waits for that no request of its clients reaches.</summary>
    [Fact]
    public void Stages_tell_what_is_waited_for()
    {
        NetworkBench bench = new(2);
        EndpointShares endpoints = new(bench.Lab.Builder, bench.Workloads(1), bench.Nodes, null);
        Signal[] members = [bench.Lab.Builder.Condition("m1"), bench.Lab.Builder.Condition("m2")];
        Signal[] rotation = [bench.Lab.Builder.Condition("r1"), bench.Lab.Builder.Condition("r2")];
        BalancedShares shares = new(bench.Lab.Builder, bench.Nodes, endpoints, [.. members], n => rotation[n], bench.Stages);
        Signal reached = shares.Of(0, "reached").Reached;
        bench.Lab.Builder.Service("s", reached, reached, []);
        int fault = bench.Lab.Builder.Cause("f");
        void Set(double at, Signal signal, bool value) => bench.Lab.At(at, simulation =>
        {
            simulation.Raise(fault);
            simulation.Drive(signal, value);
        });
        // The balancer has lost one node and does not know of it, and then the other one.
        Set(10, members[1], false);
        Set(10, rotation[1], false);
        Set(20, bench.Nodes.Signals[0].Machine.Powered, false);
        // It knows both and trusts neither.
        Set(50, members[1], true);
        Set(90, rotation[1], true);
        // Both are dead.
        Set(200, bench.Nodes.Signals[1].Machine.Powered, false);
        Set(207, bench.Nodes.Signals[1].Machine.Powered, true);
        // Its rules lead to a pod that has gone.
        bench.Lab.At(300, simulation =>
        {
            simulation.Raise(fault);
            endpoints.Answers(0, false);
        });
        bench.Lab.At(303, _ => endpoints.Answers(0, true));
        Simulation built = bench.Lab.Builder.Build(1);
        ServiceRow row = Assert.Single(built.Run(0, SimDuration.Zero, SimDuration.FromSeconds(1000)));
        ResultNames names = built.NamesFor(SimDuration.FromSeconds(1000));
        Assert.Equal(
            "detect 40, join 30, outage 7, propagate 3",
            string.Join(", ", row.DownByStage.Select((ns, s) => (Name: names.Stages[s], Seconds: ns / 1_000_000_000)).Where(s => s.Seconds > 0)
                .OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => FormattableString.Invariant($"{s.Name} {s.Seconds}"))));
        Assert.Equal(0, row.DownByCause[0]);
    }

    private static void Toggle(Simulation simulation, Signal signal) => simulation.Drive(signal, !simulation.Signals[signal]);
}
