using System.Globalization;

namespace FailoverSim.Tests.Validation;

/// <summary>What is compared with an exact answer.</summary>
internal enum Metric
{
    /// <summary>Share of the horizon that is down.</summary>
    Unavailability,

    /// <summary>Outages per hour of the horizon.</summary>
    OutagesPerHour,

    /// <summary>Hours of down time per outage: U/f, so that nothing is clipped at the horizon.</summary>
    HoursDown,

    /// <summary>Hours to the first outage.</summary>
    HoursToFirst,

    /// <summary>Share of the replications with an outage.</summary>
    FailedByEnd,

    /// <summary>Variance of the hours up within the horizon.</summary>
    VarianceOfHoursUp,
}

/// <summary>An exact answer.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Value">The answer.</param>
/// <param name="Precision">The relative standard error that the run must reach, so that noise cannot pass the test.</param>
/// <param name="Service">Null: the only one.</param>
internal sealed record Reference(Metric Metric, double Value, double Precision, string? Service = null)
{
    public static Reference U(double value, double precision) => new(Metric.Unavailability, value, precision);

    public static Reference PerHour(double value, double precision) => new(Metric.OutagesPerHour, value, precision);

    public static Reference Down(double value, double precision) => new(Metric.HoursDown, value, precision);

    public static Reference First(double value, double precision) => new(Metric.HoursToFirst, value, precision);

    public static Reference Failed(double value, double precision) => new(Metric.FailedByEnd, value, precision);

    public static Reference VarianceUp(double value, double precision) => new(Metric.VarianceOfHoursUp, value, precision);
}

/// <summary>One run of a scenario whose answers are known.</summary>
/// <param name="File">In the folder <c>Cases</c>, without extension; its head says where the answers come from.</param>
/// <param name="References">The answers.</param>
internal sealed record ExactCase(string File, params Reference[] References)
{
    /// <summary>What this run changes in the file, such as its horizon.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Means of failure or of repair changed by 5 %, which a reference must notice; empty if another run of the file does.</summary>
    public IReadOnlyList<string> Mutant { get; init; } = [];

    public string Name => string.Join(' ', [File, .. Sets]);

    public static string Folder => Repository.Tests("Validation", "Cases");

    public string ScenarioPath => Path.Combine(Folder, File + ".yaml");
}

/// <summary>An estimate held against its exact answer.</summary>
internal readonly record struct Comparison(Reference Reference, double Estimate, double StandardError)
{
    /// <summary>α = 1e-6, two-sided.</summary>
    public const double Critical = 4.9;

    public double Z => (Estimate - Reference.Value) / StandardError;

    public double RelativeError => StandardError / Reference.Value;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reference.Service ?? "service"} {Reference.Metric}: {Estimate:G7}, exact {Reference.Value:G7}, z {Z:F2}, "
        + $"relative error {RelativeError:P2} (at most {Reference.Precision:P1})");
}
