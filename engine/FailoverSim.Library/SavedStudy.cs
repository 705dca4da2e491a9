using System.Text;
using FailoverSim.Analysis.Importance;
using FailoverSim.Analysis.Sensitivity;
using FailoverSim.Analysis.Studies;
using FailoverSim.Analysis.Tables;
using FailoverSim.Kernel.Time;
using FailoverSim.Reporting.Results;
using FailoverSim.Reporting.Tables;
using FailoverSim.Scenario;
using FailoverSim.Scenario.Building;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Library;

/// <summary>Findings from the folder that a study has left: rows are read, all that follows from them is computed again.</summary>
internal sealed class SavedStudy
{
    private const string Rows = "replications.msgpack";
    private const string ManifestName = "manifest.json";

    private readonly string? _folder;
    private readonly string _manifestPath;
    private readonly string? _scenarioFolder;
    private readonly RunManifest _manifest;
    private readonly List<string> _missing = [];

    private SavedStudy(string? folder, string? scenarioFolder, RunManifest manifest, string of) =>
        (_folder, _scenarioFolder, _manifest, _manifestPath) = (folder, scenarioFolder, manifest, Path.Combine(of, ManifestName));

    /// <summary>Of rows that are in no folder of their own yet; nothing but variants was run.</summary>
    /// <exception cref="ResultsException">The scenario in the manifest cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not that of the rows.</exception>
    public static Results Of(string manifestFolder, RunManifest manifest, ResultSet results, string? scenarioFolder) =>
        new(new SavedStudy(null, scenarioFolder, manifest, manifestFolder).Findings(results));

    /// <exception cref="ResultsException">There are none, or they cannot be trusted.</exception>
    public static Results Read(string folder, string? scenarioFolder)
    {
        foreach (string file in (string[])[ManifestName, Rows])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new ResultsException($"'{folder}' holds no results ({file} is not there); name the folder of one scenario, as 'failoversim run' made it");
            }
        }
        try
        {
            SavedStudy saved = new(folder, scenarioFolder, RunManifest.Read(Path.Combine(folder, ManifestName)), folder);
            return new Results(saved.Findings(saved.Tables(folder)), saved._missing);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new ResultsException(
                $"the results in '{folder}' cannot be read: {fault.Message.TrimEnd('.')}; they are damaged or of another version, so run the scenario again", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"the results in '{folder}' cannot be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }

    private StudyFindings Findings(ResultSet results)
    {
        (ScenarioReading reading, IReadOnlyList<(string Variant, ScenarioReading Reading)> others) = Readings();
        SimDuration horizon = reading.Spec!.Run.Horizon;
        if (results.Base.HorizonNanoseconds != horizon.Nanoseconds
            || !ResultShard.SameNames(results.Base.Names, new ScenarioModel(reading.Spec).Build().NamesFor(horizon)))
        {
            throw new InvalidDataException($"the names or the horizon in {Rows} are not those of the scenario");
        }
        if (_folder is null)
        {
            reading = reading with { Study = RunOf(reading.Study) };
        }
        StudySpec study = reading.Study;
        TornadoOutcome? tornado = null;
        IReadOnlyList<Elasticity> elasticities = [];
        if (_folder is not null && study.Sensitivity is { } sensitivity)
        {
            (IReadOnlyList<Tornado> tornados, elasticities) = SensitivityFile.Read(_folder, sensitivity);
            tornado = tornados.Count == 0 ? null : Varied(tornados, sensitivity);
        }
        string[] variants = [.. study.Variants.Select(variant => variant.Name)];
        StudyOutcome outcome = new(
            Outcome(results.Base), [.. results.Tables.Skip(1).Select(Outcome)], [.. _manifest.Unfinished.Intersect(variants)]);
        StudyFindings findings = StudyFindings.Of(
            reading, outcome, _manifest.EngineVersion,
            _manifest.Repeat ?? $"failoversim run {_manifest.Scenario}.yaml --replications {results.Replications}");
        return findings with
        {
            Build = _manifest.Build,
            Others = others,
            Tornado = tornado,
            Elasticities = elasticities,
            Importance = _folder is null ? null : Importance(_folder, reading.Spec!),
            Savings = _folder is null ? [] : Savings(_folder, reading.Spec!, results),
            CutShort = [.. _manifest.Unfinished.Except(variants).Except(tornado?.Unfinished ?? [])],
        };
    }

    /// <summary>The scenario, with what other files had to say where several were compared.</summary>
    private (ScenarioReading Reading, IReadOnlyList<(string Variant, ScenarioReading Reading)> Others) Readings()
    {
        ScenarioReading reading = WithSources(Resolved(_manifest.Scenario, _manifest.ResolvedScenario, _manifest.Hash));
        (string Variant, ScenarioReading Reading)[] others =
            [.. _manifest.Others.Select(other => (other.Variant, Resolved(other.Variant, other.ResolvedScenario, other.Hash)))];
        if (others.Length > 0)
        {
            reading = reading with { Study = AcrossFiles.Compare([(_manifest.Variants[0], reading), .. others]).Study };
        }
        return (_manifest.StopReason == Analysis.Stopping.StopReason.FixedCount ? Counted(reading) : reading, others);
    }

    private ScenarioReading Resolved(string name, string text, string hash)
    {
        Func<string, byte[]?>? beside = _scenarioFolder is null ? null : Beside;
        ScenarioReading reading = ScenarioFile.ReadResolved($"{name}.yaml", Encoding.UTF8.GetBytes(text), beside);
        if (reading.HasErrors)
        {
            string remedy = _scenarioFolder is null ? "; if it names files beside it, say with --scenario-folder in which folder they are" : "";
            throw new ResultsException(
                $"the scenario in '{_manifestPath}' cannot be read by this version{remedy}:\n{string.Join('\n', reading.Diagnostics)}");
        }
        // The text as it was: it says where each value came from.
        return reading.Hash == hash ? reading with { Expanded = text } : throw new ResultsException(
            $"the scenario in '{_manifestPath}' is not the one that was run: its hash is {reading.Hash} and not {hash}; it was changed, or "
            + $"this version ({Study.EngineVersion}) understands it differently from the one that ran it ({_manifest.EngineVersion}), so run the scenario again");
    }

    /// <summary>In the resolved scenario every value is written; the manifest knows who wrote it.</summary>
    private ScenarioReading WithSources(ScenarioReading reading)
    {
        Dictionary<string, string> sources = new(StringComparer.Ordinal);
        foreach ((string path, string source) in _manifest.Sources)
        {
            sources[path] = source;
        }
        return reading with { Values = [.. reading.Values.Select(value => value with { Source = sources.GetValueOrDefault(value.Path, value.Source) })] };
    }

    private byte[]? Beside(string relative) => ScenarioFolder.Read(_scenarioFolder!, relative);

    /// <summary>A fixed count may have been asked for on the command line, of which the scenario does not know.</summary>
    private ScenarioReading Counted(ScenarioReading reading) => reading with
    {
        Spec = reading.Spec! with { Run = reading.Spec.Run with { Replications = _manifest.Replications, StopWhen = null } },
    };

    /// <summary>Of what the scenario varies, that which was run: variants, those of sweeps included.</summary>
    private StudySpec RunOf(StudySpec study)
    {
        HashSet<string> run = [.. _manifest.Variants];
        return study with
        {
            Compare = [.. study.Compare.Where(alternative => run.Contains(alternative.Variant.Name))],
            Sweeps = [.. study.Sweeps.Where(sweep => sweep.Points.All(point => run.Contains(point.Variant.Name)))],
            Sensitivity = null,
        };
    }

    private ResultSet Tables(string folder)
    {
        string path = Path.Combine(folder, Rows);
        if (RunManifest.FingerprintOf(path) != _manifest.Fingerprint)
        {
            throw new InvalidDataException($"{Rows} is not the file that {ManifestName} tells of (its fingerprint differs)");
        }
        ResultSet results = ResultShard.Join([ReplicationsFile.Read(path)]);
        if (!results.Tables.Select(table => table.Variant).SequenceEqual(_manifest.Variants) || results.Replications != _manifest.Replications)
        {
            throw new InvalidDataException($"{Rows} and {ManifestName} differ in their variants or replications");
        }
        return results.Origin.Hash == _manifest.Hash ? results
            : throw new InvalidDataException($"{Rows} and {ManifestName} are of different scenarios (their hashes differ)");
    }

    /// <summary>What only the run itself knew is not in the folder, and nothing that is told depends on it.</summary>
    private RunOutcome Outcome(ResultTable table) => new(table, _manifest.StopReason, 0, 0);

    private TornadoOutcome Varied(IReadOnlyList<Tornado> tornados, SensitivitySpec sensitivity)
    {
        string[] left = [.. _manifest.Unfinished.Intersect(sensitivity.Factors.Select(factor => factor.Path))];
        return new TornadoOutcome(tornados, sensitivity.Factors.Count - left.Length, left, 0);
    }

    /// <summary>In the order in which they were tried.</summary>
    private static IReadOnlyList<Saving> Savings(string folder, ScenarioSpec spec, ResultSet results)
    {
        List<string> tried = [.. IfRemoved.CausesOf(spec, results.Base)];
        return [.. AttributionFile.ReadSavings(folder, results).OrderBy(saving => tried.IndexOf(saving.Cause))];
    }

    private ImportanceOutcome? Importance(string folder, ScenarioSpec spec)
    {
        ImportanceOutcome? importance = ImportanceFile.Read(folder);
        if (spec.Outputs.Contains("importance"))
        {
            _missing.Add("importance: which parts have no measures, and why, is not kept in the folder");
        }
        return importance;
    }
}
