using System.Globalization;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Cluster;
using FailoverSim.Models.Operations;
using Xunit;

namespace FailoverSim.Tests.Cluster.Operations;

/// <summary>Whether tries, looks and passes that change nothing are events or not: what follows is the same, to the nanosecond.</summary>
public class OperationElisionTests
{
    public static TheoryData<string> Kinds => ["drains", "drains, limited", "drains, no budgets", "descheduler", "descheduler, full"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story(string kind) => Scan(kind).Run(60);

    [Theory]
    [Trait("Category", "Full")]
    [MemberData(nameof(Kinds))]
    public void Both_fidelities_tell_the_same_story_of_many_schedules(string kind) => Scan(kind).Run(5_000, faults: 14, seed: 2);

    private static FidelityScan Scan(string kind) =>
        new(fidelity => Subject(kind, fidelity), horizon: kind.StartsWith("drains", StringComparison.Ordinal) ? 200 : 1000, lengths: [0, 3, 20, 100]);

    private static ScanSubject Subject(string kind, Fidelity fidelity)
    {
        const int Nodes = 4;
        bool drains = kind.StartsWith("drains", StringComparison.Ordinal);
        Floor floor = new(
            Nodes, [new(3, MinHealthy: 2, MaxSkew: 1), new(4, MinHealthy: 2, MaxSkew: 2), new(2, MinHealthy: 1)], zones: 2,
            fidelity: drains ? fidelity : Fidelity.Elided, initially: drains ? null : pod => pod % 3 == 0 ? 1 : 0, randomGrace: kind == "drains",
            grace: 5, boot: (10, 10), mostPerNode: kind == "descheduler, full" ? 4 : 1000);
        int by = floor.Drains.For(
            new DrainOptions(kind == "drains, limited" ? SimDuration.FromSeconds(20) : null, RespectsBudgets: kind != "drains, no budgets"), floor);
        if (!drains)
        {
            Descheduler descheduler = new(
                floor.Builder, SimDuration.FromSeconds(30), floor.Nodes, floor.Workloads, floor.Pods, floor.Pods, floor.Pods, floor.Control, fidelity);
            floor.Pods.BindingWatchers.Add(descheduler);
            floor.Pods.BudgetWatchers.Add(descheduler);
            floor.Pods.RoomWatchers.Add(descheduler);
        }
        List<Action<Simulation, bool>> faults = [ScanSubject.Falls(floor.Control.Api), ScanSubject.Falls(floor.Control.Api)];
        for (int i = 0; i < Nodes; i++)
        {
            int node = i;
            faults.Add((_, begins) =>
            {
                if (floor.Machines.Runs(node) == begins)
                {
                    floor.Machines.Set(node, !begins);
                }
            });
            faults.Add(ScanSubject.Once(_ => floor.Machines.Replace(node)));
            faults.AddRange(Enumerable.Repeat<Action<Simulation, bool>>(
                (_, begins) =>
                {
                    if (!begins)
                    {
                        floor.Drains.Uncordon(node);
                    }
                    else if (!floor.Drains.IsTaken(node))
                    {
                        floor.Drains.Begin(node, by);
                    }
                },
                3));
        }
        for (int i = 0; i < 9; i++)
        {
            int pod = i;
            faults.Add((_, begins) =>
            {
                if (floor.Pods.NodeOf(pod) >= 0)
                {
                    floor.Pods.SetReady(pod, !begins);
                }
            });
        }
        return new ScanSubject(floor.Builder, [], [.. faults]) { Build = () => floor.Simulation, Tells = Tell };

        string Tell()
        {
            string told = string.Join(' ', floor.Pods.Told.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.At:F9}:{t.What.Replace(' ', '-')}"))
                .Concat(floor.DrainedAt.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.At:F9}:drained-{d.Node}"))));
            floor.Pods.Told.Clear();
            floor.Machines.Told.Clear();
            floor.DrainedAt.Clear();
            string[] counters = drains ? ["drain-timeouts", "drains-blocked"] : ["descheduler.moves"];
            return $"{told} {string.Join(',', counters.Select(floor.CountOf))}";
        }
    }
}
