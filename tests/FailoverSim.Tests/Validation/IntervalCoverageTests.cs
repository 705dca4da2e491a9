using System.Globalization;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Scenario.Specification;
using Xunit;
using Xunit.Abstractions;

namespace FailoverSim.Tests.Validation;

/// <summary>
/// Do the printed 95 % intervals hold the exact answer 95 % of the time? 2,000 small studies each, from file to summary.
/// </summary>
/// <remarks>
/// Measured for the unavailability (and the frequency): 496 outages a study 96.2 % (97.8 %), 302 outages 96.7 % (96.5 %),
/// 7.5 outages 97.3 % (95.6 %), 12 outages of very unequal length 96.5 %.
/// </remarks>
public class IntervalCoverageTests(ITestOutputHelper output)
{
    private const int Studies = 2000;

    // Five standard errors of a coverage of 0.95: sqrt(0.95 × 0.05 / 2000) = 0.0049. Wider than promised is allowed.
    private const double Least = 0.926;

    [Fact]
    public void Plentiful_outages_are_covered() =>
        Covers("a10-repairman", 1 - 0.6466632177961718, 0.02586652871184687, "run.warm-up=200h", "run.horizon=300h");

    [Fact]
    public void Five_outages_to_a_replication_of_a_renewal_process_are_covered() =>
        Covers("a07-renewal", 12 / 212.0, 1 / 212.0, "run.warm-up=1000h", "run.horizon=1000h");

    [Fact]
    public void Seven_outages_in_a_whole_study_are_covered() =>
        Covers("a06-erlang-1", 0.002954209748892171, 0.002954209748892171 / 20, "run.warm-up=300h", "run.horizon=800h");

    [Fact]
    public void A_dozen_outages_of_very_unequal_length_are_covered()
    {
        // gamma(0.5) repairs with one crew: mean outage 2.91 h.
        var (unavailability, _) = ClosedForms.SharedCrew(1 / 200.0, 2, Math.Pow(1.02, -0.5));
        Covers("x12-gamma-half", unavailability, null, "run.warm-up=50h", "run.horizon=1900h");
    }

    private void Covers(string file, double unavailability, double? perHour, params string[] sets)
    {
        ScenarioSpec spec = Measurement.Read(new ExactCase(file).ScenarioPath, [.. sets, "run.replications=64"]);
        var studies = Enumerable.Range(1, Studies).Select(seed =>
        {
            var table = Measurement.Run(spec with { Run = spec.Run with { Seed = (ulong)seed } });
            var rows = Summary.Of(file, table.Variant, table.Totals(0)).ToDictionary(row => row.Metric, row => row.Estimate);
            return (rows, table.Totals(0).Outages);
        }).ToList();
        output.WriteLine($"{file}: {studies.Average(study => study.Outages):F1} outages a study");
        Check("unavailability", unavailability);
        if (perHour is { } rate)
        {
            Check("outages-per-year", rate * 8760);
        }

        void Check(string metric, double truth)
        {
            double above = studies.Count(study => truth > study.rows[metric].High) / (double)Studies;
            double below = studies.Count(study => truth < study.rows[metric].Low) / (double)Studies;
            string methods = string.Join(", ", studies.GroupBy(study => study.rows[metric].Method).Select(g => $"{g.Key} {g.Count()}"));
            double covered = 1 - above - below;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{metric}: covered {covered:P2}, truth above {above:P2}, below {below:P2}; {methods}"));
            Assert.InRange(covered, Least, 1);
        }
    }
}
