using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>A program that runs until it is killed, and the lines that it has written.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly HashSet<int> GivenPorts = [];

    private readonly Process _process;
    private readonly bool _killsChildren;
    private readonly List<(DateTime At, string Text)> _lines = [];

    public RunningProgram(
        string program, IEnumerable<string> arguments, bool killsChildren = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        _killsChildren = killsChildren;
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where a program of Debian's is, or a skip with the reason.</summary>
    public static string Installed(string program, string package)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':')
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Skip.If(found is null, $"{program} is not installed (Debian's package {package})");
        return found!;
    }

    /// <summary>A port of the loopback address that nobody listens on now, and that nobody has been given before.</summary>
    public static int FreePort()
    {
        lock (GivenPorts)
        {
            while (true)
            {
                using TcpListener listener = new(IPAddress.Loopback, 0);
                listener.Start();
                int port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (GivenPorts.Add(port))
                {
                    return port;
                }
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Once it has.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>All that it has written, for messages.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines.Select(line => line.Text));
            }
        }
    }

    /// <summary>The first line with a text, read at or after an instant; null if there is none yet.</summary>
    public (DateTime At, string Text)? Line(string text, DateTime since)
    {
        lock (_lines)
        {
            foreach ((DateTime At, string Text) line in _lines)
            {
                if (line.At >= since && line.Text.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        return null;
    }

    /// <summary>SIGKILL: to its children first, while it stands still, lest they notice its end, or it theirs.</summary>
    /// <returns>When the first of them was struck.</returns>
    public DateTime Kill()
    {
        List<Process> children = [];
        if (_killsChildren && !_process.HasExited)
        {
            Signal("STOP");
            string id = _process.Id.ToString(CultureInfo.InvariantCulture);
            string listed = File.ReadAllText($"/proc/{id}/task/{id}/children");
            children.AddRange(listed.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture))));
        }
        DateTime begin = DateTime.UtcNow;
        foreach (Process child in children)
        {
            child.Kill();
            child.Dispose();
        }
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.WaitForExit();
        return begin;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>When it was sent.</returns>
    public DateTime Stop()
    {
        DateTime begin = DateTime.UtcNow;
        Signal("TERM");
        return begin;
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Add(string? text)
    {
        if (text is not null)
        {
            lock (_lines)
            {
                _lines.Add((DateTime.UtcNow, text));
            }
        }
    }
}
