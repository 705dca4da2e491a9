using System.ComponentModel;
using System.Diagnostics;
using FailoverSim.Tests;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>The program in Native/: the same workloads on lists in C++, made by the machine's own compiler.</summary>
internal sealed class NativeProgram
{
    private static readonly string[] Options = ["-std=c++20", "-O3", "-march=native", "-ffp-contract=off"];

    private readonly string _file;
    private readonly string _tables;

    private NativeProgram(string file, string tables) => (_file, _tables) = (file, tables);

    /// <summary>Lists that it knows.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["TimerTree", "packed wheel", "std::priority_queue"];

    /// <summary>Null where there is no compiler.</summary>
    /// <exception cref="InvalidOperationException">The compiler refuses the program.</exception>
    public static NativeProgram? Build()
    {
        string folder = Path.Combine(Repository.Root, ".artifacts", "native");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "event_lists");
        string source = Path.Combine(Repository.Root, "tests", "FailoverSim.Benchmarks", "Native", "main.cpp");
        try
        {
            using Process compiler = Process.Start("g++", [.. Options, source, "-o", file]);
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                throw new InvalidOperationException("g++ refuses Native/main.cpp.");
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
        string tables = Path.Combine(folder, "tables.bin");
        DrawTable.WriteTo(tables);
        return new NativeProgram(file, tables);
    }

    public Process Start(string workload, string list, int slots) => Process.Start(
        new ProcessStartInfo(_file, [_tables, workload, list, $"{slots}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
