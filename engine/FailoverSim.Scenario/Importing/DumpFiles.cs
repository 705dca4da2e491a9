using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Files;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Importing;

/// <summary>A file to import.</summary>
/// <param name="Name">For findings.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsNamed">Whether the user named it, and not only its folder: then it must be something that can be imported.</param>
public sealed record DumpFile(string Name, byte[] Content, bool IsNamed = true)
{
    /// <summary>Content of a stream; of one that is too large, enough to tell.</summary>
    public static byte[] Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream memory = new();
        // A pipe has no length, and a file may grow.
        byte[] buffer = new byte[1 << 16];
        for (int n; memory.Length <= ImportLimits.FileBytes && (n = stream.Read(buffer)) > 0;)
        {
            memory.Write(buffer, 0, n);
        }
        return memory.ToArray();
    }
}

/// <summary>Files to what is in them, recognised by content.</summary>
internal static class DumpFiles
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>The files that paths name; a folder means all in and below it, but hidden ones.</summary>
    public static List<DumpFile> Load(IEnumerable<string> paths, DiagnosticBag bag)
    {
        List<DumpFile> files = [];
        long bytes = 0;
        foreach (string path in paths)
        {
            bool isFolder = Directory.Exists(path);
            IEnumerable<string> all = isFolder ? Directory.EnumerateFiles(path, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
            }).Order(StringComparer.Ordinal) : [path];
            foreach (string file in all)
            {
                if (Load(file, bag) is not { } content)
                {
                    continue;
                }
                bytes += content.Length;
                if (files.Count == ImportLimits.Files || bytes > ImportLimits.AllBytes)
                {
                    bag.Error(new Mark(path, 1, 1), Codes.ImportTooLarge,
                        FormattableString.Invariant($"these are more than {ImportLimits.Files:N0} files or 256 MiB together"), "name the files that matter");
                    return files;
                }
                files.Add(new DumpFile(file, content, !isFolder));
            }
        }
        return files;
    }

    private static byte[]? Load(string path, DiagnosticBag bag)
    {
        try
        {
            using Stream stream = RegularFile.OpenNamed(path);
            return DumpFile.Read(stream);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            bag.Error(new Mark(path, 1, 1), Codes.FileUnreadable,
                fault is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist" : "the file cannot be read",
                "give the path of a readable file or folder");
            return null;
        }
    }

    /// <summary>Takes all files into a dump.</summary>
    public static Dump Read(IEnumerable<DumpFile> files, bool isAnonymous, DiagnosticBag bag)
    {
        Dump dump = new(bag, isAnonymous);
        ObjectSource objects = new(dump);
        foreach (DumpFile file in files.DistinctBy(file => file.Name).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Read(file, dump, objects);
        }
        objects.Take();
        return dump;
    }

    private static void Read(DumpFile file, Dump dump, ObjectSource objects)
    {
        Mark start = new(file.Name, 1, 1);
        if (file.Content.Length > ImportLimits.FileBytes)
        {
            dump.Bag.Error(start, Codes.ImportTooLarge, "the file is larger than 64 MiB", "dump the kinds that matter, in several files");
            return;
        }
        bool isYaml = Endings.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        DiagnosticBag own = new();
        string? text = SourceText.Text(file.Name, file.Content, own);
        bool isKnown = false;
        if (text is not null && KeepalivedSource.IsOne(text))
        {
            KeepalivedSource.Take(text, file.Name, dump);
            return;
        }
        if (text is not null && HaproxySource.IsOne(text))
        {
            if (!HaproxySource.Take(text, file.Name, file.IsNamed, dump))
            {
                PassOver(file, dump);
            }
            return;
        }
        if (text is not null)
        {
            (IReadOnlyList<YamlNode> documents, Diagnostic? fault) = ForeignYaml.Read(text, start);
            List<YamlNode> strange = [.. documents.Where(document => !objects.Add(document))];
            isKnown = documents.Count > strange.Count || (documents.Count == 0 && fault is null && isYaml);
            if (fault is not null && (isKnown || isYaml || file.IsNamed && documents.Count == 0 && text.Contains(':', StringComparison.Ordinal)))
            {
                own.Add(fault);
            }
            else if (file.IsNamed || isKnown)
            {
                foreach (YamlNode document in strange)
                {
                    own.Error(document.Mark, Codes.ImportUnknown, $"this document is {document.Noun} without 'kind', and nothing that can be imported",
                        "give objects as kubectl prints them, configurations of kubeadm, haproxy.cfg or keepalived.conf");
                }
            }
        }
        if (own.HasErrors && (file.IsNamed || isYaml))
        {
            foreach (Diagnostic finding in own.Sorted())
            {
                dump.Bag.Add(finding);
            }
        }
        else if (!isKnown && !file.IsNamed)
        {
            PassOver(file, dump);
        }
        else if (!isKnown)
        {
            dump.Bag.Error(start, Codes.ImportUnknown, "the file holds nothing that can be imported",
                "give objects as kubectl prints them, configurations of kubeadm, haproxy.cfg or keepalived.conf");
        }
    }

    private static void PassOver(DumpFile file, Dump dump) => dump.Unused.Add(
        dump.IsAnonymous ? "file of another kind" : $"file '*{ValueKind.Shown(Path.GetExtension(file.Name))}' of another kind");
}
