using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Variants;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario;

/// <summary>Scenarios of several files, compared with the first of them as if they were its variants.</summary>
public static class AcrossFiles
{
    /// <param name="files">Each under the name that it goes by, read without errors; the first is the baseline.</param>
    /// <returns>What is to be compared, and why that cannot be.</returns>
    public static (StudySpec Study, IReadOnlyList<Diagnostic> Findings) Compare(
        IReadOnlyList<(string Name, ScenarioReading Reading)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ScenarioSpec baseline = files[0].Reading.Spec!;
        string[] services = [.. baseline.Services.Select(service => service.Name)];
        var bag = new DiagnosticBag();
        foreach ((string name, ScenarioReading reading) in files.Skip(1))
        {
            BoundMapping file = reading.File!;
            RunAgreement.Check(baseline.Run, reading.Spec!.Run, $"'{name}'", MarkOf, bag);
            if (!reading.Spec.Services.Any(service => services.Contains(service.Name)))
            {
                bag.Error(Written(file.KeyMark(ScenarioKeys.Services), file), Codes.NothingToCompare,
                    $"'{name}' has no service in common with '{files[0].Name}'",
                    $"give one the name that it has there: {string.Join(", ", services)}");
            }

            Mark MarkOf(Key key) => Written(file.Child(ScenarioKeys.Run)?.Scalar(key)?.Mark ?? file.KeyMark(ScenarioKeys.Run), file);
        }
        return (
            new StudySpec { Compare = [.. files.Skip(1).Select(file => new Alternative(AsVariant(file.Name, file.Reading), null, null))] },
            bag.Sorted());
    }

    /// <summary>Tells that a scenario has nothing to compare with it.</summary>
    public static Diagnostic NothingIn(ScenarioReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new Diagnostic(reading.File!.Mark, Severity.Error, Codes.NothingToCompare, "the scenario has neither 'compare' nor 'sweep'",
            "add 'compare: {NAME: {set: {PATH: VALUE}}}', or give a second file");
    }

    private static Variant AsVariant(string name, ScenarioReading reading) =>
        new(name, reading.Spec!) { Changes = [VariantChange.AnotherFile(name)] };

    /// <summary>What nobody wrote has no place: then the run, or the file, has.</summary>
    private static Mark Written(Mark mark, BoundMapping file)
    {
        if (!mark.IsDefault)
        {
            return mark;
        }
        Mark run = file.KeyMark(ScenarioKeys.Run);
        return run.IsDefault ? file.Mark : run;
    }
}
