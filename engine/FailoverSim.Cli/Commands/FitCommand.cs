using System.CommandLine;
using System.Globalization;
using FailoverSim.Analysis.Fitting;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Incidents;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Cli.Commands;

/// <summary><c>fit</c>: laws from incident logs, to paste into a scenario.</summary>
internal static class FitCommand
{
    /// <summary>Findings beyond that say nothing new of a broken log.</summary>
    private const int MostFindings = 100;

    private static readonly string[] Groupings = ["class", "cause", "component"];

    public static Command Create()
    {
        Argument<string[]> logs = new("log") { Description = "Incident logs (CSV)", Arity = ArgumentArity.OneOrMore };
        Option<string?> from = new("--from") { Description = "Start of the time observed, such as 2024-01-01" };
        Option<string?> to = new("--to") { Description = "Its end" };
        Option<string[]> units = new("--units") { Description = "How many there are of a class: class=N" };
        Option<string> group = new("--group-by") { Description = "What gets laws of its own: class, cause or component", DefaultValueFactory = _ => "class" };
        Option<string?> together = new("--together") { Description = "Failures of a class no further apart are one common event (1m; 0s: none)" };
        Option<string?> unseen = new("--unseen-below") { Description = "Incidents no longer than that never reach the log" };
        Option<string> ages = new("--ages") { Description = "Age of the units at the start: unknown, or new", DefaultValueFactory = _ => "unknown" };
        Option<string> form = new("--as") { Description = "What to write: units, or faults with the class as selector", DefaultValueFactory = _ => "units" };
        Option<ulong> seed = new("--seed") { Description = "Seed of the bootstrap", DefaultValueFactory = _ => 1 };
        Option<bool> json = new("--json") { Description = "Prints everything as JSON in place of text" };
        Option<DirectoryInfo?> output = new("--out") { Description = "Folder for fit.yaml, fit.csv, fit.json and fit.svg" };
        group.AcceptOnlyFromAmong(Groupings);
        ages.AcceptOnlyFromAmong("unknown", "new");
        form.AcceptOnlyFromAmong("units", "faults");
        Command command = new("fit", "Fits laws of failure and repair to incident logs and writes them as YAML to paste")
        {
            logs, from, to, units, group, together, unseen, ages, form, seed, json, output,
        };
        command.SetAction(parsed =>
        {
            List<Diagnostic> findings = [];
            FitSettings settings = new()
            {
                From = Instant("--from", parsed.GetValue(from), findings),
                To = Instant("--to", parsed.GetValue(to), findings),
                Units = Units(parsed.GetValue(units) ?? [], findings),
                Grouping = (Grouping)Array.IndexOf(Groupings, parsed.GetValue(group)),
                Together = Length("--together", parsed.GetValue(together), findings) ?? new FitSettings().Together,
                UnseenBelow = Length("--unseen-below", parsed.GetValue(unseen), findings) ?? 0,
                New = parsed.GetValue(ages) == "new",
                Seed = parsed.GetValue(seed),
            };
            return Fit(parsed.GetValue(logs)!, settings, findings, parsed.GetValue(form) == "faults", parsed.GetValue(json), parsed.GetValue(output));
        });
        return command;
    }

    private static int Fit(
        string[] files, FitSettings settings, List<Diagnostic> findings, bool asFaults, bool asJson, DirectoryInfo? output)
    {
        List<IncidentLog> logs = [.. files.Select(IncidentFile.Read)];
        findings.AddRange(logs.SelectMany(log => log.Diagnostics));
        List<IncidentRow> incidents = [.. logs.SelectMany(log => log.Incidents)];
        List<SpellRow> spells = [.. logs.SelectMany(log => log.Spells)];
        if (!findings.Any(f => f.Severity == Severity.Error))
        {
            findings.AddRange(LogChecks.Of(files[0], incidents, spells, settings));
        }
        foreach (Diagnostic finding in findings.Take(MostFindings))
        {
            Console.Error.WriteLine(finding);
        }
        if (findings.Count > MostFindings)
        {
            Console.Error.WriteLine($"failoversim: and {findings.Count - MostFindings} more.");
        }
        if (findings.Any(f => f.Severity == Severity.Error))
        {
            return ExitCode.Invalid;
        }
        List<ClassFit> fits = [.. IncidentHistory.Of(incidents, settings).Concat(SpellHistory.Of(spells, settings))
            .Select(history => ClassFit.Of(history, settings))];
        string yaml = FitYaml.Of(fits, asFaults);
        Print(fits, yaml, asJson);
        if (output is not null)
        {
            AtomicFile.WriteText(Path.Combine(output.FullName, "fit.yaml"), text => text.Write(yaml));
            AtomicFile.WriteText(Path.Combine(output.FullName, "fit.csv"), text => FitFiles.WriteCsv(text, fits));
            AtomicFile.Write(Path.Combine(output.FullName, "fit.json"), stream => FitFiles.WriteJson(stream, fits));
            AtomicFile.WriteText(Path.Combine(output.FullName, "fit.svg"), text => text.Write(FitPlot.Of(fits, new SvgFigureRenderer()).Svg));
        }
        return ExitCode.Fine;
    }

    private static void Print(List<ClassFit> fits, string yaml, bool asJson)
    {
        if (asJson)
        {
            using Stream stream = Console.OpenStandardOutput();
            FitFiles.WriteJson(stream, fits);
            return;
        }
        foreach (string line in fits.SelectMany(FitText.Lines))
        {
            Console.WriteLine(line);
        }
        Console.WriteLine();
        Console.Write(yaml);
    }

    private static LogInstant? Instant(string option, string? text, List<Diagnostic> findings) =>
        text is null ? null : Kept(IncidentFile.ReadInstant(option, text), findings);

    private static long? Length(string option, string? text, List<Diagnostic> findings) =>
        text is null ? null : Kept(IncidentFile.ReadDuration(option, text), findings);

    private static T? Kept<T>((T? Value, Diagnostic? Finding) read, List<Diagnostic> findings)
    {
        if (read.Finding is not null)
        {
            findings.Add(read.Finding);
        }
        return read.Value;
    }

    private static Dictionary<string, int> Units(string[] texts, List<Diagnostic> findings)
    {
        Dictionary<string, int> units = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int at = text.LastIndexOf('=');
            if (at <= 0 || !int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1_000_000)
            {
                findings.Add(new Diagnostic(new Mark("--units", 1, 1), Severity.Error, Codes.LogUnits,
                    $"'{text}' is not class=N with N from 1 to 1,000,000", "write such as --units cp=3"));
            }
            else
            {
                units[text[..at]] = count;
            }
        }
        return units;
    }
}
