using System.Globalization;
using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Tests;

namespace FailoverSim.Benchmarks.Page;

/// <summary>The tables of engine/docs/performance.md, measured anew; what is written around them stays.</summary>
internal static class PerformancePage
{
    private const int RatioRuns = 3;

    private static readonly string File = Path.Combine(Repository.Root, "engine", "docs", "performance.md");

    private static readonly Dictionary<string, Func<string>> Sections = new()
    {
        ["ratios"] = Ratios,
        ["speeds"] = () => Whole(
            Verb.Run("speeds"), ["scenario", "events a simulated year", "ns per event", "least", "simulated years a second and core"]),
        ["native"] = () => Whole(Verb.Run("native"), ["benchmark", "timers", "ours (ns)", "in C++", "its ns", "its ns / ours"]),
        ["scaling"] = () => Whole(
            Verb.Run("scaling"),
            ["what, by whom", "threads", "best (s)", "median (s)", "times one thread, best", "median", "without waiting",
                "simulating (%)", "slower (%)", "waiting (%)", "building (%)", "idle at the end (%)", "collecting (%)"]),
        ["memory"] = Memory,
    };

    /// <param name="names">Of the sections to measure; none: all.</param>
    public static int Update(string[] names)
    {
        if (names.FirstOrDefault(n => !Sections.ContainsKey(n)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no section '{unknown}'; there are {string.Join(", ", Sections.Keys)}.");
            return 2;
        }
        foreach (string name in names.Length > 0 ? names : [.. Sections.Keys])
        {
            string table = Sections[name]();
            // Read again each time: a section takes minutes, in which somebody may have written.
            string page = System.IO.File.ReadAllText(File);
            string begin = $"<!-- {name}: begin (written by the benchmarks' verb page) -->";
            int from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            int to = page.IndexOf($"<!-- {name}: end -->", StringComparison.Ordinal);
            System.IO.File.WriteAllText(File, $"{page[..from]}\n{table}{page[to..]}");
            Console.Write(table);
        }
        return 0;
    }

    /// <summary>Medians over runs of each row; which form of the heap was the better one may change from run to run.</summary>
    private static string Ratios()
    {
        Verb[] runs = [.. Enumerable.Range(0, RatioRuns).Select(_ => Verb.Run("ratios"))];
        IEnumerable<string[]> rows = runs
            .SelectMany(run => run.Tables[0].Skip(1))
            .GroupBy(row => (Benchmark: row[0], Size: row[1], Baseline: row[3].Replace(" fused", "", StringComparison.Ordinal)))
            .Select(group => (string[])[group.Key.Benchmark, group.Key.Size, Median(group, 2, "F1"), group.Key.Baseline, Median(group, 4, "F1"), Median(group, 5, "F2")]);
        return Caption($"Medians of {RatioRuns} runs of `ratios`", runs)
            + PageTable.Of(["benchmark", "timers", "ours (ns)", "baseline", "its ns", "its ns / ours"], rows);
    }

    private static string Memory()
    {
        Verb run = Verb.Run("memory");
        return Caption("`memory`", run)
            + PageTable.Of(
                ["scenario", "events", "bytes an event", "simulating", "recording", "rows of results", "a replication", "through a study"],
                run.Tables[0].Skip(1)) + '\n'
            + Crossed("bytes a replication", run.Tables[1]) + '\n'
            + PageTable.Of(["one more", "bytes", "bytes of the smaller model"], run.Tables[2].Skip(1));
    }

    /// <summary>Rows of (column, row, value), the largest first, as a table.</summary>
    private static string Crossed(string title, string[][] table)
    {
        string[] columns = [.. table.Skip(1).Select(r => r[0]).Distinct()];
        IEnumerable<string[]> rows = table.Skip(1).GroupBy(r => r[1])
            .OrderByDescending(g => g.Max(r => long.Parse(r[2], CultureInfo.InvariantCulture)))
            .Select(g => (string[])[g.Key, .. columns.Select(c => g.FirstOrDefault(r => r[0] == c)?[2] ?? "")]);
        return PageTable.Of([title, .. columns], rows);
    }

    private static string Whole(Verb run, params string[][] headers) =>
        Caption($"`{run.Command}`", run) + string.Join('\n', headers.Select((header, i) => PageTable.Of(header, run.Tables[i].Skip(1))));

    private static string Caption(string what, params Verb[] runs) => string.Create(CultureInfo.InvariantCulture,
        $"{what} · {Machine.Description} · {DateTime.UtcNow:d MMM yyyy} · {string.Join(" / ", runs.Select(r => r.Load))}\n\n");

    private static string Median(IEnumerable<string[]> rows, int column, string format)
    {
        double[] values = [.. rows.Select(r => double.Parse(r[column], CultureInfo.InvariantCulture))];
        return values.Median().ToString(format, CultureInfo.InvariantCulture);
    }
}
