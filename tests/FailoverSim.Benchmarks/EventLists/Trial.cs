using FailoverSim.Benchmarks.Measuring;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>One list under one workload, run block by block.</summary>
internal abstract class Trial
{
    private readonly List<double> _nanoseconds = [];

    public abstract string List { get; }

    /// <summary>The simulated clock after all blocks so far: equal for all lists, or one of them is wrong.</summary>
    public long Clock { get; private set; }

    /// <summary>Runs until the workload is what it will be from then on.</summary>
    public abstract void Settle(int operations);

    /// <summary>Median over blocks, per operation.</summary>
    public double Nanoseconds => _nanoseconds.Median();

    public long Run(int operations) => Clock = Block(operations);

    public void Measure(int operations)
    {
        long start = CpuNanoseconds;
        Run(operations);
        _nanoseconds.Add((CpuNanoseconds - start) / (double)operations);
    }

    /// <summary>Processor time of the thread that does the work.</summary>
    protected virtual long CpuNanoseconds => CpuClock.Nanoseconds();

    protected abstract long Block(int operations);
}

internal sealed class Trial<TList, TWorkload> : Trial
    where TList : struct, IEventList<TList>
    where TWorkload : struct, IWorkload
{
    private DrawTable _draws;
    private TList _list;

    public Trial(int slots)
    {
        _draws = new DrawTable(slots);
        _list = TList.Create(slots);
        for (int slot = 0; slot < slots; slot++)
        {
            _list.Rearm(slot, TWorkload.First(ref _draws, slot));
        }
    }

    public override string List => TList.Name;

    public override void Settle(int operations) => Run(Math.Max(operations, TWorkload.Settling * _draws.Slots));

    protected override long Block(int operations)
    {
        long now = 0;
        for (int i = 0; i < operations; i++)
        {
            now = TWorkload.Step(ref _list, ref _draws);
        }
        return now;
    }
}
