using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Specification;
using Xunit;

namespace FailoverSim.Tests.Validation;

/// <summary>
/// Estimates as the product states them, with standard errors of their own: from the scatter of replications, by the delta
/// method for ratios, and not from the product's intervals.
/// </summary>
internal static class Measurement
{
    private const double NanosecondsPerHour = 3600e9;

    public static ScenarioSpec Read(string path, IReadOnlyList<string> sets)
    {
        ScenarioReading reading = ScenarioFile.Read(path, sets);
        Assert.True(reading.Spec is not null, string.Join('\n', reading.Diagnostics));
        return reading.Spec;
    }

    public static ResultTable Run(ScenarioSpec spec) =>
        RunStudy.Run(spec, 1, null, CancellationToken.None, CancellationToken.None).Table!;

    public static IReadOnlyList<Comparison> Compare(ExactCase exact, IReadOnlyList<string> changes)
    {
        ResultTable table = Run(Read(exact.ScenarioPath, [.. exact.Sets, .. changes]));
        return [.. exact.References.Select(reference => Compare(table, reference))];
    }

    public static Comparison Compare(ResultTable table, Reference reference)
    {
        int service = reference.Service is null ? 0 : table.Names.Services.ToList().IndexOf(reference.Service);
        List<ServiceRow> rows = [.. table.RowsOf(service)];
        double horizon = table.HorizonNanoseconds / NanosecondsPerHour;
        double Printed(string metric) => Summary.Of("case", table.Variant, table.Totals(service))
            .Single(row => row.Metric == metric).Estimate.Value ?? double.NaN;
        (double estimate, double error) = reference.Metric switch
        {
            Metric.Unavailability => (Printed("unavailability"), RatioError(rows, Down, _ => horizon)),
            Metric.OutagesPerHour => (Printed("outages-per-year") / 8760, RatioError(rows, row => row.OutageCount, _ => horizon)),
            Metric.HoursDown => (Printed("mttr") / 3600, RatioError(rows, Down, row => row.OutageCount)),
            Metric.HoursToFirst => (Printed("time-to-first-outage-mean") / 3600, RatioError(rows, row => First(row, horizon), Any)),
            Metric.FailedByEnd => (rows.Average(Any), RatioError(rows, Any, _ => 1)),
            Metric.VarianceOfHoursUp => Variance([.. rows.Select(row => row.UpNanoseconds / NanosecondsPerHour)]),
            _ => throw new ArgumentOutOfRangeException(nameof(reference)),
        };
        return new Comparison(reference, estimate, error);
    }

    private static double Down(ServiceRow row) => row.DownNanoseconds / NanosecondsPerHour;

    private static double Any(ServiceRow row) => row.OutageCount > 0 ? 1 : 0;

    private static double First(ServiceRow row, double horizon) =>
        row.OutageCount > 0 ? row.FirstOutageAfter / NanosecondsPerHour : horizon;

    /// <summary>Standard error of Σx/Σy: the residuals x − r y are summed in a second pass, where nothing cancels.</summary>
    private static double RatioError(List<ServiceRow> rows, Func<ServiceRow, double> x, Func<ServiceRow, double> y)
    {
        double sumOfY = rows.Sum(y);
        double ratio = rows.Sum(x) / sumOfY;
        double squares = rows.Sum(row => Math.Pow(x(row) - (ratio * y(row)), 2));
        return Math.Sqrt(squares * rows.Count / (rows.Count - 1.0)) / sumOfY;
    }

    /// <summary>Sample variance; its own variance is (m₄ − s⁴)/n for large n.</summary>
    private static (double Estimate, double Error) Variance(double[] values)
    {
        double mean = values.Average();
        double variance = values.Sum(v => Math.Pow(v - mean, 2)) / (values.Length - 1);
        double fourth = values.Average(v => Math.Pow(v - mean, 4));
        return (variance, Math.Sqrt((fourth - (variance * variance)) / values.Length));
    }
}
