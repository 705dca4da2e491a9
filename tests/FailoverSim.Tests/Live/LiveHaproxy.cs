using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>One real HAProxy with several backends of one server each, whose faults are independent samples.</summary>
internal sealed class LiveHaproxy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("haproxy-").FullName;
    private readonly List<Server> _servers = [];
    private readonly RunningProgram _program;

    public LiveHaproxy(string program, int servers, string serverOptions)
    {
        _servers.AddRange(Enumerable.Range(0, servers).Select(_ => new Server()));
        StringBuilder config = new();
        config.AppendLine("defaults\n mode http\n timeout connect 5s\n timeout client 50s\n timeout server 50s\n option httpchk GET /readyz");
        config.AppendLine(CultureInfo.InvariantCulture, $" default-server {serverOptions}");
        config.AppendLine(CultureInfo.InvariantCulture, $"frontend f\n bind 127.0.0.1:{RunningProgram.FreePort()}\n default_backend b0");
        for (int i = 0; i < servers; i++)
        {
            config.AppendLine(CultureInfo.InvariantCulture, $"backend b{i}\n server s 127.0.0.1:{_servers[i].Port} check");
        }
        string file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, config.ToString());
        _program = new RunningProgram(program, ["-db", "-f", file]);
    }

    /// <summary>Each server refuses connections from a random instant on; seconds until it is marked down.</summary>
    public Task<double[]> Refusals(Random luck) => Faults(luck, server => server.Refuse());

    /// <summary>Each server takes connections in from a random instant on, and answers none; seconds until it is marked down.</summary>
    public Task<double[]> Hangs(Random luck) => Faults(luck, server => server.Hang());

    /// <summary>Each server answers again from a random instant on; seconds until it is marked up.</summary>
    public async Task<double[]> Returns(Random luck)
    {
        double[] waits = [.. _servers.Select(_ => 3 * luck.NextDouble())];
        return await Task.WhenAll(_servers.Select(async (server, i) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(waits[i]));
            DateTime back = DateTime.UtcNow;
            server.Answer();
            return await Mark(i, "UP", back);
        }));
    }

    public void Dispose()
    {
        _program.Dispose();
        foreach (Server server in _servers)
        {
            server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<double[]> Faults(Random luck, Action<Server> strike)
    {
        double[] waits = [.. _servers.Select(_ => 3 * luck.NextDouble())];
        // A server that has never been checked is marked down by its first failure; the checks of a second begin one after the other.
        await Task.WhenAll(_servers.Select(server => server.IsAsked)).WaitAsync(TimeSpan.FromSeconds(30));
        await Task.Delay(TimeSpan.FromSeconds(1));
        return await Task.WhenAll(_servers.Select(async (server, i) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(waits[i]));
            DateTime fault = DateTime.UtcNow;
            strike(server);
            return await Mark(i, "DOWN", fault);
        }));
    }

    private async Task<double> Mark(int server, string state, DateTime since)
    {
        string text = FormattableString.Invariant($"Server b{server}/s is {state}");
        while (DateTime.UtcNow - since < TimeSpan.FromSeconds(30))
        {
            if (_program.Line(text, since) is { } line)
            {
                return (line.At - since).TotalSeconds;
            }
            await Task.Delay(20);
        }
        Assert.Fail($"'{text}' not seen within 30 s.\n{_program.Output}");
        return 0;
    }

    /// <summary>A server that answers every request with 200, refuses connections, or lets them wait.</summary>
    private sealed class Server : IDisposable
    {
        private static readonly byte[] Ok = "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        private readonly TaskCompletionSource _asked = new();
        private Socket _listener = null!;
        private volatile bool _hangs;

        public Server()
        {
            Listen();
        }

        public int Port { get; private set; }

        /// <summary>Ends when somebody has connected for the first time.</summary>
        public Task IsAsked => _asked.Task;

        public void Refuse() => _listener.Dispose();

        public void Hang() => _hangs = true;

        public void Answer()
        {
            if (_hangs)
            {
                _hangs = false;
            }
            else
            {
                Listen();
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Listen()
        {
            Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            listener.Listen(128);
            Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            _listener = listener;
            _ = Task.Run(() => Serve(listener));
        }

        private async Task Serve(Socket listener)
        {
            try
            {
                while (true)
                {
                    Socket client = await listener.AcceptAsync();
                    _asked.TrySetResult();
                    _ = Task.Run(() => Reply(client));
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The listener has been closed: the server refuses from here on.
            }
        }

        /// <summary>A server that hangs answers what is still open when it goes on.</summary>
        private async Task Reply(Socket client)
        {
            using (client)
            {
                try
                {
                    await client.ReceiveAsync(new byte[4096]);
                    while (_hangs)
                    {
                        await Task.Delay(2);
                    }
                    await client.SendAsync(Ok);
                }
                catch (Exception end) when (end is SocketException or ObjectDisposedException)
                {
                    // The balancer gave up first.
                }
            }
        }
    }
}
