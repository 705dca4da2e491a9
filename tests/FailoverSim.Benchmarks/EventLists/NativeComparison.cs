using FailoverSim.Benchmarks.Measuring;
using FailoverSim.Benchmarks.Ratios;

namespace FailoverSim.Benchmarks.EventLists;

/// <summary>
/// Our list against lists in C++, block by block in turn; its tournament against the same in C++. All must end at the same simulated clock.
/// </summary>
internal static class NativeComparison
{
    private const int Rounds = 21;

    /// <summary>A process that has waited finds the caches and the branch predictor used by others: a block must outlast that.</summary>
    private const int Operations = 400_000;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static int Print() => Machine.UnderLoad(() =>
    {
        if (NativeProgram.Build() is not { } program)
        {
            Console.Error.WriteLine("There is no g++ here, so nothing to compare with.");
            return 1;
        }
        Console.WriteLine(Ratio.Header);
        foreach (Ratio ratio in Ratios<Hold>(program).Concat(Ratios<MachineRepair>(program)).Concat(Ratios<TimerChurn>(program))
            .Concat(Ratios<MixedHorizons>(program)))
        {
            Console.WriteLine(ratio.ToCsv());
        }
        return 0;
    });

    private static IEnumerable<Ratio> Ratios<TWorkload>(NativeProgram program)
        where TWorkload : struct, IWorkload
    {
        Trial[] small = [new Trial<Ours, TWorkload>(EventListComparison.WarmUpSlots), new Trial<Tournament, TWorkload>(EventListComparison.WarmUpSlots)];
        WarmUp.UntilCompiled(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                Array.ForEach(small, trial => trial.Run(200));
            }
        });
        foreach (int size in Sizes)
        {
            Trial ours = new Trial<Ours, TWorkload>(size);
            Trial tournament = new Trial<Tournament, TWorkload>(size);
            NativeTrial<TWorkload>[] native = [.. NativeProgram.Lists.Select(list => new NativeTrial<TWorkload>(program, list, size))];
            Trial[] all = [ours, tournament, .. native];
            Array.ForEach(all, trial => trial.Settle(Operations));
            for (int round = 0; round < Rounds; round++)
            {
                Array.ForEach(all, trial => trial.Measure(Operations));
            }
            Array.ForEach(native, trial => trial.Dispose());
            foreach (Trial other in native)
            {
                if (other.Clock != ours.Clock || other.Clock != tournament.Clock)
                {
                    throw new InvalidOperationException($"{other.List} fired differently: {TWorkload.Name}, {size} slots.");
                }
                double nanoseconds = (other.List.EndsWith(Tournament.Name, StringComparison.Ordinal) ? tournament : ours).Nanoseconds;
                yield return new Ratio(TWorkload.Name, size, nanoseconds, other.List, other.Nanoseconds);
            }
        }
    }
}
