using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Figures;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Reporting.Results;

/// <summary>From results to the figure of how the estimates settled.</summary>
internal static class ConvergencePlot
{
    private const double SecondsPerYear = 365 * 86400;

    public static ConvergenceData Of(StudyFindings findings, string basis)
    {
        ResultTable table = findings.Results.Base;
        StopWhenSpec? wanted = findings.Spec.Run.StopWhen;
        double level = wanted?.Level ?? Summary.DefaultLevel;
        IReadOnlyList<string> names = findings.InDetail;
        ConvergencePanel[] panels =
        [
            .. names.Zip(Points(table, [.. names.Select(name => table.Names.Services.ToList().IndexOf(name))], level), (name, points) => new ConvergencePanel(
                name,
                points,
                ExactSeconds(findings, name),
                wanted is not null && wanted.Services.Contains(name) ? wanted.Within : null)),
        ];
        return new ConvergenceData(new FigureHeading("convergence", Titles.Convergence(panels), basis), panels, level);
    }

    /// <summary>Where one looks: a factor √2 apart while there are few, and from there on where a run would decide whether to go on.</summary>
    internal static IEnumerable<long> Prefixes(long replications)
    {
        const int First = StoppingRule.FirstCheckpoint * Block.Size;
        long last = 0;
        for (int k = 0; last < Math.Min(First, replications); k++)
        {
            long next = Math.Min((long)Math.Round(Math.Pow(2, k / 2.0)), replications);
            if (next > last)
            {
                yield return last = next;
            }
        }
        for (int blocks = StoppingRule.FirstCheckpoint; last < replications;)
        {
            blocks = StoppingRule.CheckpointAfter(blocks);
            yield return last = Math.Min((long)blocks * Block.Size, replications);
        }
    }

    /// <summary>By service, all in one pass over the rows.</summary>
    private static List<ConvergencePoint>[] Points(ResultTable table, int[] services, double level)
    {
        ServiceTotals[] prefixes = [.. services.Select(service => new ServiceTotals(table.Names, service))];
        List<ConvergencePoint>[] points = [.. services.Select(_ => new List<ConvergencePoint>())];
        HashSet<long> looks = [.. Prefixes(table.Replications)];
        foreach (ServiceRow row in table.Rows)
        {
            int i = Array.IndexOf(services, row.Service);
            if (i < 0)
            {
                continue;
            }
            prefixes[i].Add(row);
            if (looks.Contains(prefixes[i].Replications))
            {
                Estimate perYear = AvailabilityInterval.Unavailability(prefixes[i], level).Times(SecondsPerYear);
                points[i].Add(new ConvergencePoint(prefixes[i].Replications, perYear.Value, perYear.Low ?? 0, perYear.High ?? SecondsPerYear));
            }
        }
        return points;
    }

    /// <summary>Within the observed horizon, which is what the simulation estimates.</summary>
    internal static double? ExactSeconds(StudyFindings findings, string service) =>
        findings.Exact?.Services.FirstOrDefault(solved => solved.Name == service)?.Horizon?.Rates.Unavailability * SecondsPerYear;
}
