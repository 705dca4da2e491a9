using FailoverSim.Kernel.Exploration;

namespace FailoverSim.Analysis.Exact;

/// <summary>
/// The rates of a Markov chain in continuous time, kept by target, as balance equations and distributions want them.
/// </summary>
/// <param name="first">Where the entries of each state begin, and at last their number.</param>
/// <param name="sources">By entry: from where.</param>
/// <param name="rates">By entry: per second.</param>
/// <param name="leaving">By state: all rates out of it.</param>
internal sealed class Generator(int[] first, int[] sources, double[] rates, double[] leaving)
{
    public int Count => leaving.Length;

    public int Transitions => sources.Length;

    public ReadOnlySpan<double> Leaving => leaving;

    public ReadOnlySpan<int> SourcesOf(int state) => sources.AsSpan(first[state]..first[state + 1]);

    public ReadOnlySpan<double> RatesInto(int state) => rates.AsSpan(first[state]..first[state + 1]);

    public static Generator Of(StateSpace space) => Of(space.Count, add =>
    {
        for (int from = 0; from < space.Count; from++)
        {
            ReadOnlySpan<int> targets = space.TargetsOf(from);
            ReadOnlySpan<double> rates = space.RatesOf(from);
            for (int i = 0; i < targets.Length; i++)
            {
                add(from, targets[i], rates[i]);
            }
        }
    });

    /// <summary>From transitions that are told twice, in the same order; those of rate 0 are none.</summary>
    public static Generator Of(int states, Action<Action<int, int, double>> tell)
    {
        int[] first = new int[states + 1];
        double[] leaving = new double[states];
        tell((from, to, rate) =>
        {
            first[to + 1] += rate > 0 ? 1 : 0;
            leaving[from] += rate;
        });
        for (int state = 0; state < states; state++)
        {
            first[state + 1] += first[state];
        }
        int[] sources = new int[first[states]];
        double[] rates = new double[first[states]];
        int[] next = first[..^1];
        tell((from, to, rate) =>
        {
            if (rate > 0)
            {
                sources[next[to]] = from;
                rates[next[to]++] = rate;
            }
        });
        return new Generator(first, sources, rates, leaving);
    }
}
