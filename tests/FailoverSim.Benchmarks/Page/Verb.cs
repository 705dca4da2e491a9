using System.Diagnostics;

namespace FailoverSim.Benchmarks.Page;

/// <summary>A verb of this program, run in a process of its own, as a reader would repeat it.</summary>
/// <param name="Command">What was run.</param>
/// <param name="Tables">Its tables, each with its header.</param>
/// <param name="Load">What it said of the load of the machine.</param>
internal sealed record Verb(string Command, IReadOnlyList<string[][]> Tables, string Load)
{
    public static Verb Run(params string[] words)
    {
        string said = "";
        using Process process = new()
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!, words) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.ErrorDataReceived += (_, line) =>
        {
            Console.Error.WriteLine(line.Data);
            said = line.Data?.StartsWith("load average", StringComparison.Ordinal) == true ? line.Data : said;
        };
        process.Start();
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)} failed.");
        }
        string[][][] tables =
        [
            .. output.Split("\n\n").Select(table => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')).ToArray()),
        ];
        return new Verb(string.Join(' ', words), tables, said.Split(';')[0]);
    }
}
