using FailoverSim.Analysis.Fitting;
using FailoverSim.Reporting.Figures;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Text;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Incidents;

namespace FailoverSim.Library;

/// <summary>Laws of failure and repair, fitted to an incident log (engine/docs/fit.md).</summary>
public sealed class Incidents
{
    private readonly IReadOnlyList<ClassFit> _fits;

    private Incidents(IReadOnlyList<ClassFit> fits, IReadOnlyList<Diagnostic> findings) => (_fits, Findings) = (fits, findings);

    /// <summary>What was fitted to each class.</summary>
    public NamedList<ClassFit> Classes => new("class", _fits, fit => fit.History.Name);

    /// <summary>What is worth knowing of the log: warnings and notes.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }

    /// <summary>What was seen, the laws, how well they fit, and what is not known, in lines.</summary>
    public IEnumerable<string> Text => _fits.SelectMany(FitText.Lines);

    /// <summary>Blocks <c>units:</c> and, where failures came together, <c>common-cause:</c> to paste into a scenario.</summary>
    public string UnitsYaml => FitYaml.Of(_fits, asFaults: false);

    /// <summary>A block <c>faults:</c> to paste into a scenario; its selectors are the classes.</summary>
    public string FaultsYaml => FitYaml.Of(_fits, asFaults: true);

    /// <summary>The survival curves with the laws.</summary>
    public Figure Figure => FitPlot.Of(_fits, new SvgFigureRenderer());

    /// <param name="log">A CSV file.</param>
    /// <param name="from">Start of the time observed, such as <c>2024-01-01</c>; null: the first instant of the log.</param>
    /// <param name="to">Its end; null: the last instant of the log.</param>
    /// <param name="units">How many there are of each class.</param>
    /// <exception cref="ScenarioException">The log has errors; all are in it.</exception>
    public static Incidents Fit(string log, string? from = null, string? to = null, IReadOnlyDictionary<string, int>? units = null)
    {
        List<Diagnostic> findings = [];
        FitSettings settings = new()
        {
            From = Instant(nameof(from), from),
            To = Instant(nameof(to), to),
            Units = units ?? new Dictionary<string, int>(),
        };
        IncidentLog read = IncidentFile.Read(log);
        findings.AddRange(read.Diagnostics);
        if (!HasErrors())
        {
            findings.AddRange(LogChecks.Of(log, read.Incidents, read.Spells, settings));
        }
        return HasErrors() ? throw new ScenarioException(findings) : new Incidents(
            [.. IncidentHistory.Of(read.Incidents, settings).Concat(SpellHistory.Of(read.Spells, settings)).Select(h => ClassFit.Of(h, settings))],
            findings);

        bool HasErrors() => findings.Any(finding => finding.Severity == Severity.Error);

        LogInstant? Instant(string name, string? text)
        {
            if (text is null)
            {
                return null;
            }
            (LogInstant? at, Diagnostic? finding) = IncidentFile.ReadInstant(name, text);
            findings.AddRange(finding is null ? [] : [finding]);
            return at;
        }
    }
}
