using System.Globalization;
using System.Text.Json;
using CsvHelper;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Reporting.Text;

namespace FailoverSim.Reporting.Tables;

/// <summary><c>fit.csv</c>, one row per class, quantity and law, and <c>fit.json</c> with all that was found.</summary>
public static class FitFiles
{
    private static readonly string[] Columns =
    [
        "class", "quantity", "law", "parameters", "chosen", "log-likelihood", "aicc", "delta", "weight", "mean", "mean-low", "mean-high", "level",
        "shape", "shape-low", "shape-high", "sd", "p", "n", "censored", "exposure",
    ];

    public static void WriteCsv(TextWriter text, IReadOnlyList<ClassFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        using CsvWriter csv = new(text, SummaryFiles.Csv, leaveOpen: true);
        Row(Columns);
        foreach (var (name, quantity, fit) in Quantities(fits))
        {
            foreach (Candidate candidate in fit.Choice?.Candidates ?? [])
            {
                FittedLaw law = candidate.Fit;
                bool isChosen = law == fit.Choice!.Chosen;
                Row([name, quantity, FitYaml.Law(law.Law), Whole(law.Parameters), isChosen ? "yes" : "no", Number(law.LogLikelihood), Number(law.Aicc),
                    Number(candidate.Delta), Number(candidate.Weight), Number(law.Law.Mean), Number(isChosen ? fit.Mean.Low : null),
                    Number(isChosen ? fit.Mean.High : null), Number(isChosen ? fit.Mean.Level : null), Number(law.Shape),
                    Number(isChosen ? fit.Shape?.Low : null), Number(isChosen ? fit.Shape?.High : null), Number(Math.Sqrt(law.Law.Variance)),
                    Number(isChosen ? fit.Goodness?.PValue : null), Whole(fit.Sample.Failures), Whole(fit.Sample.Censored), Number(fit.Sample.Exposure)]);
            }
        }

        void Row(IEnumerable<string> fields)
        {
            foreach (string field in fields)
            {
                csv.WriteField(field);
            }
            csv.NextRecord();
        }
    }

    public static void WriteJson(Stream stream, IReadOnlyList<ClassFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        using Utf8JsonWriter json = new(stream, SummaryFiles.Json);
        json.WriteStartArray();
        foreach (ClassFit fit in fits)
        {
            json.WriteStartObject();
            json.WriteString("class", fit.History.Name);
            json.WriteNumber("units", fit.History.Units);
            json.WriteNumber("window", fit.History.Window);
            Strings(json, "notes", fit.Warnings);
            if (fit.History.Common is { } beta)
            {
                var (low, high) = beta.Interval(0.9);
                json.WriteStartObject("common-cause");
                json.WriteNumber("events", beta.Events);
                json.WriteNumber("common", beta.Common);
                json.WriteNumber("by-chance", beta.Expected);
                json.WriteNumber("beta", beta.Value);
                json.WriteNumber("low", low);
                json.WriteNumber("high", high);
                json.WriteBoolean("real", beta.IsReal);
                json.WriteEndObject();
            }
            if (fit.History.Trend is { } trend)
            {
                json.WriteStartObject("trend");
                json.WriteNumber("u", trend.U);
                json.WriteNumber("p", trend.PValue);
                json.WriteNumber("n", trend.N);
                json.WriteEndObject();
            }
            foreach (var (_, quantity, of) in Quantities([fit]))
            {
                json.WriteStartObject(quantity);
                Write(json, of);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, QuantityFit fit)
    {
        Sample sample = fit.Sample;
        json.WriteNumber("ended", sample.Failures);
        json.WriteNumber("censored", sample.Censored);
        json.WriteNumber("intervals", sample.Intervals);
        json.WriteNumber("truncated", sample.Truncated);
        json.WriteNumber("ages-unknown", sample.AgesUnknown);
        json.WriteNumber("exposure", sample.Exposure);
        json.WriteString("law", fit.Choice is null ? null : FitYaml.Law(fit.Choice.Chosen.Law));
        Optional(json, "mean", fit.Mean.Value);
        Optional(json, "mean-low", fit.Mean.Low);
        Optional(json, "mean-high", fit.Mean.High);
        Optional(json, "level", fit.Mean.Level);
        json.WriteString("method", fit.Mean.Method);
        Optional(json, "shape", fit.Shape?.Value);
        Optional(json, "shape-low", fit.Shape?.Low);
        Optional(json, "shape-high", fit.Shape?.High);
        Optional(json, "a2", fit.Goodness?.AndersonDarling);
        Optional(json, "d", fit.Goodness?.Kolmogorov);
        Optional(json, "p", fit.Goodness?.PValue);
        Optional(json, "bootstraps", fit.Goodness?.Bootstraps);
        json.WriteStartArray("candidates");
        foreach (Candidate candidate in fit.Choice?.Candidates ?? [])
        {
            json.WriteStartObject();
            json.WriteString("law", FitYaml.Law(candidate.Fit.Law));
            json.WriteNumber("parameters", candidate.Fit.Parameters);
            json.WriteNumber("log-likelihood", candidate.Fit.LogLikelihood);
            Optional(json, "aicc", candidate.Fit.Aicc);
            Optional(json, "delta", candidate.Delta);
            Optional(json, "weight", candidate.Weight);
            Optional(json, "mean", candidate.Fit.Law.Mean);
            Optional(json, "sd", Math.Sqrt(candidate.Fit.Law.Variance));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Strings(json, "notes", fit.Warnings);
    }

    private static IEnumerable<(string Class, string Quantity, QuantityFit Fit)> Quantities(IReadOnlyList<ClassFit> fits) =>
        from fit in fits
        from pair in new[] { ("life", fit.Lives), ("repair", fit.Repairs) }
        where pair.Item2 is not null
        select (fit.History.Name, pair.Item1, pair.Item2);

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Number(double? value) => SummaryFiles.Number(value);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
