using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Output;
using FailoverSim.Scenario.Reading;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Variants;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario;

/// <summary>Reads scenario files. Whatever a file holds, the answer is a value: no exception is its fault.</summary>
public static class ScenarioFile
{
    /// <param name="path">The file; findings name it as given.</param>
    /// <param name="sets">Replacements <c>path=value</c> from the command line, in order.</param>
    public static ScenarioReading Read(string path, IReadOnlyList<string>? sets = null)
    {
        byte[] content;
        try
        {
            content = ReadUpTo(path, YamlLimits.Written.FileBytes + 1);
        }
        catch (Exception fault) when (
            fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var bag = new DiagnosticBag();
            string reason = fault is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist"
                : "the file cannot be read";
            bag.Error(new Mark(path, 1, 1), Codes.FileUnreadable, reason, "give the path of a readable scenario file");
            return new ScenarioReading { Diagnostics = bag.Sorted() };
        }
        string folder = Path.GetDirectoryName(path) ?? "";
        return Read(path, content, sets, relative => ScenarioFolder.Read(folder, relative));
    }

    /// <summary>Reads a scenario that is in memory.</summary>
    /// <param name="name">Name for findings.</param>
    /// <param name="content">UTF-8 YAML.</param>
    /// <param name="sets">Replacements <c>path=value</c>.</param>
    /// <param name="beside">
    /// Content of a file by its path from the scenario's folder, which has no <c>..</c> in it; null if there is none. What may not be read
    /// is an <see cref="InvalidDataException"/> that says why.
    /// </param>
    public static ScenarioReading Read(
        string name, ReadOnlySpan<byte> content, IReadOnlyList<string>? sets = null, Func<string, byte[]?>? beside = null) =>
        Read(name, content, sets, beside, YamlLimits.Written);

    /// <summary>Reads a scenario that <see cref="ScenarioReading.Expanded"/> was: with all that a file leaves out, it is longer than a file may be.</summary>
    /// <param name="name">Name for findings.</param>
    /// <param name="content">UTF-8 YAML.</param>
    /// <param name="beside">As for a file.</param>
    public static ScenarioReading ReadResolved(string name, ReadOnlySpan<byte> content, Func<string, byte[]?>? beside = null) =>
        Read(name, content, null, beside, YamlLimits.Resolved);

    private static ScenarioReading Read(
        string name, ReadOnlySpan<byte> content, IReadOnlyList<string>? sets, Func<string, byte[]?>? beside, YamlLimits limits)
    {
        var bag = new DiagnosticBag();
        FilesBeside files = new(beside ?? (_ => null));
        if (SourceText.Decode(name, content, bag, limits) is not { } text
            || YamlComposer.Compose(text, new Mark(name, 1, 1), bag, limits) is not { } root)
        {
            return new ScenarioReading { Diagnostics = bag.Sorted() };
        }
        if (root is YamlMapping mapping)
        {
            root = CommandLineSets.Apply(mapping, sets ?? [], bag);
        }
        var resolved = Resolver.Resolve(root, files, bag);
        var (study, largest) = Study(root, resolved, files, bag);
        if (bag.HasErrors || resolved.Spec is null)
        {
            return new ScenarioReading { Diagnostics = bag.Sorted() };
        }
        var (file, drawn) = (resolved.File!, DrawnValues.Of(resolved.File!, resolved.Workloads!));
        return new ScenarioReading
        {
            Spec = resolved.Spec,
            File = file,
            Diagnostics = bag.Sorted(),
            Study = study,
            Expanded = Expansion.Of(file, drawn),
            Values = ValueSources.Of(file, drawn),
            NormalText = Output.NormalText.Of(file),
            ModelBytes = Math.Max(resolved.ModelBytes, largest),
        };
    }

    private static (StudySpec Study, long LargestModel) Study(YamlNode root, Resolved resolved, FilesBeside files, DiagnosticBag bag)
    {
        if (resolved.File is null || root is not YamlMapping mapping)
        {
            return (new StudySpec(), 0);
        }
        // A variant is the system and the run; studies are not part of it.
        var system = new YamlMapping(mapping.Mark,
            [.. mapping.Entries.Where(entry => !ScenarioKeys.Studies.Any(key => key.Name == entry.Key.Text))]);
        var composer = new VariantComposer(system, resolved.Spec, files, bag);
        return (new StudyReader(composer, files, bag).Read(resolved.File), composer.LargestModel);
    }

    private static byte[] ReadUpTo(string path, int limit)
    {
        using var stream = RegularFile.OpenNamed(path);
        // A pipe has no length, and a file may grow: read what the limit allows and one byte more.
        using var content = new MemoryStream();
        byte[] part = new byte[1 << 14];
        while (content.Length < limit && stream.Read(part, 0, (int)Math.Min(part.Length, limit - content.Length)) is > 0 and var length)
        {
            content.Write(part, 0, length);
        }
        return content.ToArray();
    }
}
