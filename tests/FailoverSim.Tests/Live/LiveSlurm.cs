using System.Diagnostics;
using FailoverSim.Tests.Cli;
using Xunit;

namespace FailoverSim.Tests.Live;

/// <summary>A Slurm of one node on the loopback address, with ports, files, a munge socket and a key of its own.</summary>
internal sealed class LiveSlurm : IDisposable
{
    /// <summary>For what takes seconds on a quiet machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TempFolder _files;
    private readonly Dictionary<string, string> _environment;
    private readonly RunningProgram?[] _daemons;

    /// <param name="work">Where commands are given, and jobs run.</param>
    public LiveSlurm(string work)
    {
        Work = work;
        string[] programs =
        [
            RunningProgram.Installed("munged", "munge"), RunningProgram.Installed("slurmctld", "slurmctld"), RunningProgram.Installed("slurmd", "slurmd"),
        ];
        RunningProgram.Installed("sbatch", "slurm-client");
        _files = new TempFolder();
        // Every process of this cluster has it, jobs too: that is how the last of them is found.
        _environment = ProgramOnPath.With("SLURM_CONF", _files.Write("slurm.conf", Configuration()));
        // Munge wants its socket where all can reach it.
        Run("chmod", "711", _files.Path);
        Run("mungekey", "--create", $"--keyfile={_files.File("key")}");
        string[][] arguments =
        [
            ["--foreground", $"--socket={_files.File("munge")}", $"--key-file={_files.File("key")}", $"--pid-file={_files.File("munged.pid")}",
                $"--seed-file={_files.File("munged.seed")}"],
            ["-D"],
            ["-D", "-N", "node"],
        ];
        _daemons = new RunningProgram[programs.Length];
        try
        {
            for (int i = 0; i < programs.Length; i++)
            {
                _daemons[i] = new RunningProgram(programs[i], arguments[i], environment: _environment);
                WaitUntil(() => i > 0 || File.Exists(_files.File("munge")), "munged listens");
            }
            WaitUntil(() => Run("sinfo", "--noheader", "--format=%t").Output.Trim() == "idle", "the node is idle");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Work { get; }

    /// <summary>A command of Slurm's, or a shell, as a user gives it.</summary>
    public (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Work };
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>What <c>scontrol</c> says of a job once it has ended: state and exit code.</summary>
    public string Ended(string job)
    {
        string told = "";
        WaitUntil(() => (told = Run("scontrol", "--oneliner", "show", "job", job).Output).Contains("EndTime=", StringComparison.Ordinal)
            && !IsPending(told) && !told.Contains("JobState=RUNNING", StringComparison.Ordinal)
            && !told.Contains("JobState=COMPLETING", StringComparison.Ordinal), $"job {job} ends");
        return told;
    }

    /// <summary>
    /// Whether a job waits. Now and then Slurm believes that a task which has just been killed cannot be, and takes the node out of service
    /// ("Kill task failed"): then it is put back, as an operator does.
    /// </summary>
    private bool IsPending(string told)
    {
        bool pending = told.Contains("JobState=PENDING", StringComparison.Ordinal);
        if (pending && Run("sinfo", "--noheader", "--format=%T").Output.StartsWith("drain", StringComparison.Ordinal))
        {
            Run("scontrol", "update", "NodeName=node", "State=RESUME");
        }
        return pending;
    }

    public void WaitUntil(Func<bool> holds, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.Elapsed < Patience && !_daemons.Any(daemon => daemon is { HasExited: true }), $"In vain after {watch.Elapsed.TotalSeconds:F0} s: {what}.\n{Logs}");
            Thread.Sleep(50);
        }
    }

    /// <summary>What daemons and jobs have written, for messages.</summary>
    public string Logs => string.Join("\n\n", _daemons.OfType<RunningProgram>().Select(daemon => daemon.Output)
        .Concat(Directory.GetFiles(Work, "slurm-*.out").Order(StringComparer.Ordinal).Select(log => $"{Path.GetFileName(log)}:\n{File.ReadAllText(log)}")));

    public void Dispose()
    {
        new MarkedProcesses("SLURM_CONF", _environment["SLURM_CONF"]).KillAll();
        foreach (RunningProgram? daemon in _daemons)
        {
            daemon?.Dispose();
        }
        _files.Dispose();
    }

    private string Configuration()
    {
        string host = Environment.MachineName.Split('.')[0], user = Environment.UserName;
        return FormattableString.Invariant($"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={RunningProgram.FreePort()}
            SlurmdPort={RunningProgram.FreePort()}
            SlurmUser={user}
            SlurmdUser={user}
            AuthType=auth/munge
            # So long a job that is queued again waits: the least that there is.
            AuthInfo=socket={_files.File("munge")},cred_expire=5
            StateSaveLocation={Directory.CreateDirectory(_files.File("state")).FullName}
            SlurmdSpoolDir={Directory.CreateDirectory(_files.File("spool")).FullName}
            SlurmctldPidFile={_files.File("slurmctld.pid")}
            SlurmdPidFile={_files.File("slurmd.pid")}
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerParameters=batch_sched_delay=0
            SlurmdParameters=config_overrides
            MinJobAge=3600
            ReturnToService=2
            NodeName=node NodeHostname={host} NodeAddr=127.0.0.1 CPUs={Math.Max(2, Environment.ProcessorCount)}
            PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP

            """);
    }
}
