using System.Diagnostics;

namespace FailoverSim.Tests.Live;

/// <summary>
/// Processes that were started with a variable of the environment set, and what those have started: also whoever has left its parent. The
/// variable's value must be nobody else's, such as the path of a folder of the test.
/// </summary>
internal sealed class MarkedProcesses(string name, string value)
{
    private readonly string _mark = $"{name}={value}";

    /// <summary>SIGKILL to those whose command line holds some words.</summary>
    /// <returns>How many they were.</returns>
    public int Kill(params string[] words)
    {
        int killed = 0;
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (Read(process, "environ").Contains(_mark) && words.All(Read(process, "cmdline").Contains))
                {
                    process.Kill();
                    process.WaitForExit(1000);
                    killed++;
                }
            }
        }
        return killed;
    }

    /// <summary>Also those that are started meanwhile.</summary>
    public void KillAll()
    {
        while (Kill() > 0)
        {
        }
    }

    private static string[] Read(Process process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}").Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return [];
        }
    }
}
