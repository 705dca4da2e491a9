using FailoverSim.Reporting.Figures;

namespace FailoverSim.Reporting.Report;

/// <summary>How figures are read: a sentence below each. What it shows stands in the drawing.</summary>
internal static class FigureReading
{
    /// <summary>By the beginning of their names.</summary>
    private static readonly (string Begins, string Text)[] Sentences =
    [
        ("availability", "Each dot is a service, the bar its 95 % interval; further to the right is better, and every step of one is a tenth of the down time."),
        ("outage-durations", "A curve tells how many of all outages last no longer than the time below it: where it rises steeply, most of them lie."),
        ("downtime-per-year", "Not the mean year but all of them: how much one year of 365 d may differ from the next by luck alone."),
        ("workloads", "One mark for each workload: who is down for longer than its like."),
        ("slo-budget-", "Left of 100 % a window keeps the objective. The lower part tells how the budget is used up as the window passes."),
        ("slo-windows-", "A row is one simulated history, a cell one window: the darker, the more of its budget is used."),
        ("timeline", "The upper part is the whole history, the lower part is the time around the outage: who was out of order, and when."),
        ("pareto-", "Bars: minutes a year with each cause; the line adds them up. Mend from the top."),
        ("began-with-", "Which faults had to meet: bars are minutes a year, the line adds them up."),
        ("waterfall-", "A mean outage from left to right: each bar begins where the stage before it ends. Failovers above, losses below."),
        ("forest-", "Left of zero a variant loses less than the baseline. An interval that touches zero decides nothing."),
        ("sweep-", "What is lost along the values that were tried, with 95 % intervals."),
        ("tradeoff-", "Quick notice above, what it costs in false alarms below: the same values throughout."),
        ("convergence", "How the estimate settled as replications were added: it should stay within its first intervals and come to rest."),
        ("tornado-", "The longest bar is the value that the answer depends on most: know that one well."),
    ];

    public static string Of(Figure figure)
    {
        (_, string? text) = Sentences.FirstOrDefault(sentence => figure.Name.StartsWith(sentence.Begins, StringComparison.Ordinal));
        return text ?? figure.Title;
    }
}
