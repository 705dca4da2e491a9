using System.Text.Encodings.Web;
using System.Text.Json;
using FailoverSim.Analysis.Estimates;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Tables;

/// <summary>A study as one line of JSON, for programs that start this one (<c>--json</c>; engine/docs/output.md).</summary>
public static class StudyJson
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="stream">Where the line is written, with its line break.</param>
    /// <param name="findings">What the study came to.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="exitCode">What this study alone would make the process exit with.</param>
    public static void Write(Stream stream, StudyFindings findings, string folder, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(findings);
        RunReport report = RunReport.Of(findings);
        using (Utf8JsonWriter json = new(stream, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("scenario", findings.Spec.Name);
            json.WriteString("title", findings.Spec.Title ?? findings.Spec.Name);
            json.WriteString("hash", findings.Results.Origin.Hash);
            json.WriteString("engine", findings.Results.Origin.EngineVersion);
            json.WriteNumber("seed", findings.Results.Origin.Seed);
            json.WriteNumber("replications", findings.Results.Replications);
            Names(json, "variants", findings.Results.Tables.Select(table => table.Variant));
            json.WriteString("stop-reason", RunManifest.NameOf(report.Reason));
            Names(json, "unfinished", findings.Unfinished);
            json.WriteNumber("exit-code", exitCode);
            json.WriteString("folder", folder);
            Services(json, findings);
            Verdicts(json, report);
            Comparisons(json, findings);
            Names(json, "warnings", findings.Warnings);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The line of a scenario that yielded nothing.</summary>
    public static void WriteNothing(Stream stream, string scenario, string why, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using (Utf8JsonWriter json = new(stream, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("scenario", scenario);
            json.WriteNumber("exit-code", exitCode);
            json.WriteString("no-result", why);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    private static void Services(Utf8JsonWriter json, StudyFindings findings)
    {
        json.WriteStartArray("services");
        foreach (var service in Summary.Of(findings.Results).Where(row => row.Service.Length > 0).GroupBy(row => (row.Variant, row.Service)))
        {
            json.WriteStartObject();
            json.WriteString("variant", service.Key.Variant);
            json.WriteString("service", service.Key.Service);
            json.WriteStartObject("estimates");
            foreach (SummaryRow row in service)
            {
                json.WritePropertyName(row.Metric);
                Value(json, row.Estimate);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Verdicts(Utf8JsonWriter json, RunReport report)
    {
        json.WriteStartArray("verdicts");
        foreach (var (variant, verdict) in report.Results.Tables.SelectMany(table => report.VerdictsOf(table).Select(verdict => (table.Variant, verdict))))
        {
            json.WriteStartObject();
            json.WriteString("variant", variant);
            json.WriteString("slo", verdict.Slo.Name);
            json.WriteString("service", verdict.Slo.Service);
            json.WriteString("verdict", VerdictText.Word(verdict.Verdict));
            json.WriteNumber(verdict.Slo.Require.AtLeast ? "required-at-least" : "required-at-most", verdict.Slo.Require.Probability);
            json.WritePropertyName("probability");
            Value(json, verdict.Probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Comparisons(Utf8JsonWriter json, StudyFindings findings)
    {
        json.WriteStartArray("comparisons");
        foreach (var (sweep, comparison) in findings.Compared.SelectMany(service => service.Against.Select(against => (service.Sweep, against))))
        {
            json.WriteStartObject();
            json.WriteString("baseline", comparison.Baseline);
            json.WriteString("variant", comparison.Variant);
            json.WriteString("service", comparison.Service);
            json.WriteString("sweep", sweep?.Name);
            json.WriteString("verdict", ComparisonFiles.NameOf(comparison.Standing));
            json.WritePropertyName("downtime-difference-per-year");
            Value(json, comparison.Difference with { Level = comparison.JointLevel });
            json.WritePropertyName("nines-difference");
            Value(json, comparison.Nines with { Level = comparison.JointLevel });
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, Estimate estimate)
    {
        json.WriteStartObject();
        SummaryFiles.WriteNumber(json, "estimate", estimate.Value);
        SummaryFiles.WriteNumber(json, "low", estimate.Low);
        SummaryFiles.WriteNumber(json, "high", estimate.High);
        SummaryFiles.WriteNumber(json, "level", estimate.Level);
        json.WriteString("method", estimate.Method);
        json.WriteNumber("n", estimate.N);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (string one in names)
        {
            json.WriteStringValue(one);
        }
        json.WriteEndArray();
    }
}
