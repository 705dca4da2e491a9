using System.Diagnostics;
using System.Globalization;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>A list in C++ under one workload, in a process of its own that runs a block whenever it is asked to.</summary>
internal sealed class NativeTrial<TWorkload> : Trial, IDisposable
    where TWorkload : struct, IWorkload
{
    private readonly Process _process;
    private readonly string _list;
    private readonly int _slots;
    private long _cpuNanoseconds;

    public NativeTrial(NativeProgram program, string list, int slots)
    {
        _process = program.Start(TWorkload.Name, list, slots);
        _list = list;
        _slots = slots;
    }

    public override string List => $"C++ {_list}";

    protected override long CpuNanoseconds => _cpuNanoseconds;

    public override void Settle(int operations) => Run(Math.Max(operations, TWorkload.Settling * _slots));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    protected override long Block(int operations)
    {
        _process.StandardInput.WriteLine(operations.ToString(CultureInfo.InvariantCulture));
        string[] answer = (_process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The program in C++ does not know '{_list}' or '{TWorkload.Name}'.")).Split(' ');
        _cpuNanoseconds += long.Parse(answer[0], CultureInfo.InvariantCulture);
        return long.Parse(answer[1], CultureInfo.InvariantCulture);
    }
}
