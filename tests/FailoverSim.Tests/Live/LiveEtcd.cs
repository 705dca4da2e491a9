using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>A cluster of three real members on the loopback address.</summary>
internal sealed partial class LiveEtcd : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("etcd-").FullName;
    private readonly int[] _peerPorts = [.. Enumerable.Range(0, 3).Select(_ => RunningProgram.FreePort())];
    private readonly int[] _clientPorts = [.. Enumerable.Range(0, 3).Select(_ => RunningProgram.FreePort())];
    private readonly RunningProgram[] _members = new RunningProgram[3];

    public LiveEtcd(string program)
    {
        _program = program;
        for (int member = 0; member < 3; member++)
        {
            Start(member);
        }
    }

    /// <summary>Kills the leader and tells after how many seconds another member became leader, by its own log.</summary>
    public async Task<double> LeaderCrash(Random luck)
    {
        await Agreement();
        await Task.Delay(TimeSpan.FromSeconds(1 + luck.NextDouble()));
        int leader = await Agreement();
        DateTime fault = _members[leader].Kill();
        double after = await NewLeader(leader, fault);
        Start(leader);
        return after;
    }

    public void Dispose()
    {
        foreach (RunningProgram member in _members)
        {
            member.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<double> NewLeader(int dead, DateTime fault)
    {
        while (DateTime.UtcNow - fault < TimeSpan.FromSeconds(20))
        {
            foreach (RunningProgram survivor in _members.Where((_, i) => i != dead))
            {
                if (survivor.Line("became leader at term", fault) is { } line)
                {
                    // The log has whole milliseconds: half of one is the best guess of what it cut off.
                    DateTime logged = DateTime.Parse(
                        Instant().Match(line.Text).Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
                    return (logged - fault).TotalSeconds + 0.0005;
                }
            }
            await Task.Delay(10);
        }
        Assert.Fail($"No new leader within 20 s.\n{string.Join("\n\n", _members.Select(m => m.Output))}");
        return 0;
    }

    /// <summary>Waits until all members name the same leader at the same term.</summary>
    private async Task<int> Agreement()
    {
        for (int attempt = 0; attempt < 400; attempt++)
        {
            List<(string Self, string Leader, string Term)> said = [];
            foreach (int port in _clientPorts)
            {
                try
                {
                    said.Add(await Status(port));
                }
                catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or KeyNotFoundException)
                {
                    break;
                }
            }
            if (said.Count == 3 && said.Select(s => (s.Leader, s.Term)).Distinct().Count() == 1)
            {
                return said.FindIndex(s => s.Self == s.Leader);
            }
            await Task.Delay(50);
        }
        Assert.Fail($"The members do not agree within 20 s.\n{string.Join("\n\n", _members.Select(m => m.Output))}");
        return -1;
    }

    private static async Task<(string Self, string Leader, string Term)> Status(int port)
    {
        using StringContent nothing = new("{}");
        using HttpResponseMessage answer = await Http.PostAsync(
            new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/v3/maintenance/status")), nothing);
        answer.EnsureSuccessStatusCode();
        using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (
            json.RootElement.GetProperty("header").GetProperty("member_id").GetString()!,
            json.RootElement.GetProperty("leader").GetString()!,
            json.RootElement.GetProperty("raftTerm").GetString()!);
    }

    private void Start(int member)
    {
        string peers = string.Join(',', _peerPorts.Select((port, i) => FormattableString.Invariant($"m{i}=http://127.0.0.1:{port}")));
        string peer = FormattableString.Invariant($"http://127.0.0.1:{_peerPorts[member]}");
        string client = FormattableString.Invariant($"http://127.0.0.1:{_clientPorts[member]}");
        _members[member]?.Dispose();
        _members[member] = new RunningProgram(_program,
        [
            "--name", FormattableString.Invariant($"m{member}"),
            "--data-dir", Path.Combine(_folder, FormattableString.Invariant($"m{member}")),
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--initial-cluster", peers, "--initial-cluster-state", "new", "--logger", "zap",
        ]);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d{4})")]
    private static partial Regex Instant();
}
