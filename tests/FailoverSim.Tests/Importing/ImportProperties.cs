using FailoverSim.Scenario.Importing;
using FsCheck.Xunit;
using Xunit;
using static FailoverSim.Tests.Importing.Imports;

namespace FailoverSim.Tests.Importing;

/// <summary>What holds of any dump: order does not matter, scrubbed names are gone, any bytes have an answer.</summary>
public sealed class ImportProperties
{
    private static readonly string[] Folders = ["kubeadm", "external-etcd", "spread"];

    /// <summary>Every name of a node, zone, namespace, workload, domain or instance type in the dumps beside the tests.</summary>
    private static readonly string[] Names =
    [
        "cp-a", "cp-b", "cp-c", "worker-1", "fra1", "fra2", "fra3", "example", "checkout", "shop", "coredns", "kube-system", "corp", "192.168", "10.0.",
        "z1", "z2", "z3", "fast1", "m.large", "nvme", "staging", "web", "giant", "asleep", "orphan",
    ];

    [Property(MaxTest = 12)]
    public void Order_of_files_and_items_does_not_matter(int seed)
    {
        Random random = new(seed);
        ManagedDump dump = new(9, 7);
        int[] order = [.. Enumerable.Range(0, dump.Count)];
        string expected = Import([Text("dump.json", dump.Json())]).Scenario!;
        random.Shuffle(order);
        Assert.Equal(expected, Import([Text("dump.json", dump.Json(order))]).Scenario);
        // The same objects in several files, some of them twice.
        int cut = random.Next(1, order.Length);
        DumpFile[] files = [Text("a.json", dump.Json(order[..cut])), Text("b.json", dump.Json(order[(cut / 2)..]))];
        random.Shuffle(files);
        Assert.Equal(expected, Import(files).Scenario);
        // Objects that follow each other, as after two calls of kubectl.
        Assert.Equal(expected, Import([Text("c.json", dump.Json(order[..cut]) + "\n" + dump.Json(order[cut..]) + "\n")]).Scenario);
        foreach (string folder in Folders)
        {
            DumpFile[] shuffled = [.. Files(folder)];
            random.Shuffle(shuffled);
            Assert.Equal(Import(Files(folder)).Scenario, Import(shuffled).Scenario);
        }
    }

    [Theory]
    [InlineData("kubeadm")]
    [InlineData("external-etcd")]
    [InlineData("spread")]
    public void Scrubbed_names_are_gone_and_the_cluster_is_the_same(string folder)
    {
        ImportResult plain = Import(Files(folder)), scrubbed = Import(Files(folder), isAnonymous: true);
        Assert.All(Names, name => Assert.DoesNotContain(name, scrubbed.Scenario, StringComparison.Ordinal));
        var (with, without) = (Spec(plain, runs: false).Cluster!, Spec(scrubbed).Cluster!);
        Assert.Equal(with.Pools.Select(pool => (pool.Machines.Count, string.Join(',', pool.Runs))), without.Pools.Select(pool => (pool.Machines.Count, string.Join(',', pool.Runs))));
        Assert.Equal(with.Workloads.Select(group => group.Copies.Single().Replicas).Order(), without.Workloads.Select(group => group.Copies.Single().Replicas).Order());
        Assert.Equal((with.Etcd!.Heartbeat, with.Haproxy?.Check, with.Vip?.Lease), (without.Etcd!.Heartbeat, without.Haproxy?.Check, without.Vip?.Lease));
    }

    [Property(MaxTest = 20)]
    public void No_name_of_any_dump_survives_scrubbing(int seed)
    {
        // A token that no word of the language holds.
        int number = Math.Abs(seed % 100_000);
        string prefix = $"q{number}zx";
        ManagedDump dump = new(6 + (number % 9), 5 + (number % 17), prefix);
        ImportResult result = Import([Text("dump.json", dump.Json())], isAnonymous: true);
        Spec(result, runs: false);
        Assert.DoesNotContain(prefix, result.Scenario, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(prefix, string.Join('\n', result.Assumed.Concat(result.Unused.Select(unused => unused.Kind))), StringComparison.OrdinalIgnoreCase);
    }

    [Property(MaxTest = 60)]
    public void Any_bytes_and_any_cut_have_an_answer(byte[] bytes, int seed)
    {
        ImportResult noise = Import([new DumpFile("noise", bytes)]);
        Assert.Null(noise.Scenario);
        Assert.NotEmpty(noise.Diagnostics);
        Random random = new(seed);
        IReadOnlyList<DumpFile> files = Files(Folders[random.Next(Folders.Length)]);
        DumpFile victim = files[random.Next(files.Count)];
        byte[] content = [.. victim.Content];
        for (int i = 0; i < 3; i++)
        {
            content[random.Next(content.Length)] = (byte)"{}[]:,\"'-#\n x7"[random.Next(14)];
        }
        ImportResult hurt = Import(files.Select(file => file == victim ? file with { Content = content[..random.Next(content.Length)] } : file));
        Assert.True(hurt.Scenario is not null || hurt.Diagnostics.Count > 0);
        if (hurt.Scenario is not null)
        {
            Spec(hurt, runs: false);
        }
    }
}
