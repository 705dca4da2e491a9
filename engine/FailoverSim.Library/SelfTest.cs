using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Results;
using FailoverSim.Reporting.Results;
using FailoverSim.Scenario;

namespace FailoverSim.Library;

/// <summary>A tiny scenario whose answer is known exactly, to see whether a machine computes what others do.</summary>
/// <param name="Events">Timers fired.</param>
/// <param name="Fingerprint">Of the down time of every replication: equal if all of them are, to the nanosecond.</param>
/// <param name="Unavailability">As simulated.</param>
public sealed record SelfTest(long Events, string Fingerprint, Estimate Unavailability)
{
    private const double Days = 3650, Fails = 10, Repair = 1;

    /// <summary>A right estimate is farther off once in ten thousand times; this one is always the same, so never.</summary>
    private const double Level = 0.9999;

    private const string Scenario = """
        failoversim: 1
        name: self-test
        units: {node: {count: 2, fails: exp(10d), repair: {takes: exp(1d)}}}
        services: {pair: {up-when: 1 of node}}
        run: {horizon: 10y, replications: 1500, seed: 1}
        """;

    /// <summary>The <see cref="Fingerprint"/> of the machines on which results are tested (x64, Linux).</summary>
    public const string Expected = "e17d4e37c384c2de";

    /// <summary>
    /// The exact unavailability over the horizon. Each of two is down with probability q(t) = A(1 − e^(−at)), a = λ + μ, A = λ/a; both are
    /// with its square, of which this is the mean.
    /// </summary>
    public static double Exact
    {
        get
        {
            double a = (1 / Fails) + (1 / Repair), one = 1 / Fails / a;
            return one * one * (1 - (2 * (1 - Math.Exp(-a * Days)) / (a * Days)) + ((1 - Math.Exp(-2 * a * Days)) / (2 * a * Days)));
        }
    }

    /// <summary>Whether what was simulated is what it should be.</summary>
    public bool IsRight => Unavailability.Low <= Exact && Exact <= Unavailability.High;

    /// <param name="threads">At least 1; the result must not depend on it.</param>
    public static SelfTest Run(int threads)
    {
        ScenarioReading reading = ScenarioFile.Read("self-test", Encoding.UTF8.GetBytes(Scenario));
        StudyFindings findings = Study.Run(new StudyPlan(reading, _ => "") { Threads = threads })!;
        ResultTable table = findings.Results.Base;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (ServiceRow row in table.RowsOf(0))
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, row.DownNanoseconds);
            hash.AppendData(bytes);
        }
        return new SelfTest(
            findings.Outcome.Events, Convert.ToHexStringLower(hash.GetHashAndReset())[..16], AvailabilityInterval.Unavailability(table.Totals(0), Level));
    }
}
