using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FailoverSim.Library;
using FailoverSim.Reporting.Results;
using Spectre.Console;

namespace FailoverSim.Cli.Commands;

/// <summary><c>doctor</c>: what this machine is for the program, and whether it computes what others do.</summary>
internal static class DoctorCommand
{
    private const double GiB = 1 << 30;

    /// <summary>What tests against real software start; nothing else does.</summary>
    private static readonly string[] ForLiveTests = ["etcd", "haproxy", "keepalived", "slurmctld", "munged", "parallel"];

    private enum Sign
    {
        Good,
        Odd,
        Bad,
    }

    private sealed record Line(Sign Sign, string What, string Says);

    public static Command Create()
    {
        Option<DirectoryInfo> output = new("--out")
        {
            Description = "The folder of which to tell whether results can be kept there",
            DefaultValueFactory = _ => new DirectoryInfo("results"),
        };
        Command command = new("doctor", "Says what this machine is for the program, and whether it computes what others do") { output };
        command.SetAction(parsed => Examine(parsed.GetValue(output)!.FullName));
        return command;
    }

    private static int Examine(string output)
    {
        IAnsiConsole console = Terminal.Of(Console.Out);
        bool isWell = true;
        // One by one, as the self-test takes its time.
        foreach (Line line in Lines(output))
        {
            (string mark, string colour) = line.Sign switch { Sign.Good => ("ok", "green"), Sign.Odd => ("!!", "yellow"), _ => ("NO", "red") };
            console.Markup($"[{colour}]{mark}[/]  ");
            console.WriteLine($"{line.What,-13}{line.Says}");
            isWell &= line.Sign != Sign.Bad;
        }
        console.WriteLine(isWell ? "All that is needed is there." : "Something that is needed is not right: see the lines marked NO.");
        return isWell ? ExitCode.Fine : ExitCode.InternalError;
    }

    private static IEnumerable<Line> Lines(string output)
    {
        yield return new Line(Sign.Good, "failoversim", Study.EngineVersion);
        yield return new Line(
            Environment.Version.Major >= 10 ? Sign.Good : Sign.Bad, ".NET",
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return new Line(Sign.Good, "processors", $"{Environment.ProcessorCount}: so many threads, unless --threads says otherwise");
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / GiB;
        yield return new Line(
            memory >= 1 ? Sign.Good : Sign.Odd, "memory", string.Create(CultureInfo.InvariantCulture,
                $"{memory:F1} GiB that may be used{(memory >= 1 ? "" : ": clusters of thousands of nodes may not fit")}"));
        yield return TimeZones();
        yield return Culture();
        yield return Screen();
        yield return Results(output);
        foreach (Line line in SelfTests())
        {
            yield return line;
        }
        string[] missing = [.. ForLiveTests.Where(program => !IsInstalled(program))];
        yield return new Line(
            Sign.Good, "live tests", missing.Length == 0
                ? $"{string.Join(", ", ForLiveTests)} are installed"
                : $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} not installed; only tests against real software need them");
    }

    private static Line TimeZones()
    {
        try
        {
            TimeSpan summer = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich").GetUtcOffset(new DateTime(2024, 7, 1, 0, 0, 0, DateTimeKind.Utc));
            return summer == TimeSpan.FromHours(2)
                ? new Line(Sign.Good, "time zones", $"{TimeZoneInfo.GetSystemTimeZones().Count} are known, with their summer times")
                : new Line(Sign.Bad, "time zones", $"the summer time of Europe/Zurich is UTC+{summer}, not UTC+2; update the system's time-zone data");
        }
        catch (Exception fault) when (fault is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            return new Line(Sign.Bad, "time zones", "Europe/Zurich is not known; install time-zone data (package tzdata)");
        }
    }

    private static Line Culture() => 1.5.ToString(CultureInfo.CurrentCulture) == "1.5"
        ? new Line(Sign.Good, "numbers", "are read and written the same everywhere, whatever the system's language")
        : new Line(Sign.Bad, "numbers", $"are written as in '{CultureInfo.CurrentCulture.Name}'; unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");

    private static Line Screen()
    {
        IAnsiConsole console = Terminal.Of(Console.Out);
        string where = Console.IsOutputRedirected ? "no terminal: plain text, long lines"
            : $"{console.Profile.Width} columns, {(console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? "no colours" : "colours")}";
        return Console.OutputEncoding.CodePage == System.Text.Encoding.UTF8.CodePage
            ? new Line(Sign.Good, "terminal", where)
            : new Line(Sign.Odd, "terminal", $"{where}; {Console.OutputEncoding.WebName}, not UTF-8: dashes and rules may look odd (try LC_ALL=C.UTF-8)");
    }

    private static Line Results(string output)
    {
        bool isThere = Directory.Exists(output);
        try
        {
            string probe = Path.Combine(output, ".doctor");
            ResultFolder.Require(probe);
            Directory.Delete(probe, recursive: true);
            DriveInfo drive = new(Path.GetFullPath(output));
            return new Line(Sign.Good, "results", string.Create(CultureInfo.InvariantCulture,
                $"can be kept in {output}, with {drive.AvailableFreeSpace / GiB:F0} GiB free"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Line(Sign.Bad, "results", $"cannot be kept in {output}: {fault.Message}");
        }
        finally
        {
            if (!isThere && Directory.Exists(output) && !Directory.EnumerateFileSystemEntries(output).Any())
            {
                Directory.Delete(output);
            }
        }
    }

    private static IEnumerable<Line> SelfTests()
    {
        // The first run pays for the compiler, and is not timed.
        SelfTest.Run(1);
        Stopwatch watch = Stopwatch.StartNew();
        SelfTest alone = SelfTest.Run(1);
        double seconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        SelfTest together = SelfTest.Run(Environment.ProcessorCount);
        yield return new Line(
            alone.IsRight ? Sign.Good : Sign.Bad, "self-test", string.Create(CultureInfo.InvariantCulture,
                $"a pair is down for {alone.Unavailability.Value * 100:F3} % ({alone.Unavailability.Low * 100:F3} – {alone.Unavailability.High * 100:F3}) of the time; exact: {SelfTest.Exact * 100:F3} %"));
        yield return new Line(
            alone.Fingerprint == together.Fingerprint ? Sign.Good : Sign.Bad, "repeatable",
            alone.Fingerprint == together.Fingerprint
                ? $"the same to the nanosecond with 1 and with {Environment.ProcessorCount} threads: {alone.Fingerprint}"
                : $"NOT the same with 1 and with {Environment.ProcessorCount} threads: {alone.Fingerprint}, {together.Fingerprint}; please report it");
        yield return alone.Fingerprint == SelfTest.Expected
            ? new Line(Sign.Good, "comparable", "and the same as on the machines on which the program is tested")
            : new Line(Sign.Odd, "comparable",
                $"but not byte for byte what the machines have on which the program is tested ({SelfTest.Expected}): this one's logarithm differs in a last digit, or the engine was changed");
        yield return new Line(Sign.Good, "speed", string.Create(CultureInfo.InvariantCulture,
            $"{alone.Events / seconds / 1e6:F1} million events a second with 1 thread, {together.Events / watch.Elapsed.TotalSeconds / 1e6:F1} with {Environment.ProcessorCount}"));
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin"])
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
