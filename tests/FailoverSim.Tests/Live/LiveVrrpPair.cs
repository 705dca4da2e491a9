using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>Two real keepalived instances in network namespaces of their own, joined by a pair of virtual interfaces.</summary>
internal sealed class LiveVrrpPair : IDisposable
{
    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("vrrp-").FullName;
    private readonly string[] _spaces;
    private readonly string _advert;
    private readonly RunningProgram?[] _instances = new RunningProgram?[2];
    private int _starts;

    /// <param name="program">keepalived.</param>
    /// <param name="number">Which pair, of those that there are at a time.</param>
    /// <param name="advert">Seconds between adverts; VRRP version 3.</param>
    public LiveVrrpPair(string program, int number, double advert)
    {
        _program = program;
        _advert = advert.ToString(CultureInfo.InvariantCulture);
        string tag = FormattableString.Invariant($"{Environment.ProcessId}-{number}");
        _spaces = [$"vrrp-{tag}-1", $"vrrp-{tag}-2"];
        bool joined = _spaces.All(space => Ip("netns", "add", space))
            && Ip("link", "add", "v0", "netns", _spaces[0], "type", "veth", "peer", "name", "v0", "netns", _spaces[1]);
        for (int i = 0; i < 2; i++)
        {
            joined &= Ip("-n", _spaces[i], "addr", "add", FormattableString.Invariant($"10.213.0.{i + 1}/24"), "dev", "v0")
                && Ip("-n", _spaces[i], "link", "set", "v0", "up")
                && Ip("-n", _spaces[i], "link", "set", "lo", "up");
        }
        if (!joined)
        {
            Dispose();
            Assert.Fail("Two namespaces could not be made and joined.");
        }
        Start(0);
        Start(1);
    }

    /// <summary>Whether this process may make network namespaces.</summary>
    public static bool IsPermitted()
    {
        string space = FormattableString.Invariant($"vrrp-{Environment.ProcessId}");
        return Ip("netns", "add", space) && Ip("netns", "del", space);
    }

    /// <summary>Kills the master; seconds until the backup is master, by the line that it writes.</summary>
    public Task<double> MasterCrash(Random luck) => MasterEnds(luck, master => master.Kill());

    /// <summary>Stops the master cleanly; seconds until the backup is master.</summary>
    public Task<double> MasterStop(Random luck) => MasterEnds(luck, master => master.Stop());

    public void Dispose()
    {
        foreach (RunningProgram? instance in _instances)
        {
            instance?.Dispose();
        }
        foreach (string space in _spaces)
        {
            Ip("netns", "del", space);
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<double> MasterEnds(Random luck, Func<RunningProgram, DateTime> end)
    {
        await Becomes(0, "Entering MASTER STATE", DateTime.MinValue);
        await Becomes(1, "Entering BACKUP STATE", DateTime.MinValue);
        await Task.Delay(TimeSpan.FromSeconds(1 + (2 * luck.NextDouble())));
        DateTime fault = end(_instances[0]!);
        DateTime master = await Becomes(1, "Entering MASTER STATE", fault);
        _instances[0]!.Dispose();
        _instances[1]!.Dispose();
        Start(0);
        Start(1);
        return (master - fault).TotalSeconds;
    }

    private async Task<DateTime> Becomes(int instance, string line, DateTime since)
    {
        DateTime begin = DateTime.UtcNow;
        while (DateTime.UtcNow - begin < TimeSpan.FromSeconds(20))
        {
            if (_instances[instance]!.Line(line, since) is { } found)
            {
                return found.At;
            }
            await Task.Delay(5);
        }
        Assert.Fail($"'{line}' not seen within 20 s.\n{_instances[0]!.Output}\n\n{_instances[1]!.Output}");
        return default;
    }

    private void Start(int instance)
    {
        // A killed instance leaves its pid files behind, and another program may have got the pid: every start has files of its own.
        string name = Path.Combine(_folder, FormattableString.Invariant($"k{_starts++}"));
        File.WriteAllText(name + ".conf", FormattableString.Invariant($$"""
            global_defs {
              vrrp_version 3
            }
            vrrp_instance V {
              state BACKUP
              interface v0
              virtual_router_id 51
              priority {{(instance == 0 ? 150 : 100)}}
              advert_int {{_advert}}
              virtual_ipaddress {
                10.213.0.100/24
              }
            }
            """));
        _instances[instance] = new RunningProgram(
            "ip",
            ["netns", "exec", _spaces[instance], _program, "-n", "-l", "-f", name + ".conf",
                "-p", name + ".pid", "-r", name + ".vrrp", "-c", name + ".check"],
            killsChildren: true);
    }

    private static bool Ip(params string[] arguments)
    {
        using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        ip.WaitForExit();
        return ip.ExitCode == 0;
    }
}
