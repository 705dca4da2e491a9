using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Incidents;

/// <summary>
/// Reads incident logs, in either of two shapes that the header tells apart: <c>component,start,end</c> with
/// <c>class,cause,event,from,to</c> where there are such, or <c>class,entity,entry,exit,kind</c> with <c>quantity</c>.
/// </summary>
public static class IncidentFile
{
    private static readonly string[] IncidentNeeds = ["component", "start", "end"];
    private static readonly string[] IncidentTakes = ["class", "cause", "event", "from", "to"];
    private static readonly string[] SpellNeeds = ["class", "entity", "entry", "exit", "kind"];
    private static readonly string[] SpellTakes = ["quantity"];

    public static IncidentLog Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using MemoryStream memory = new();
            // A pipe has no length, and a file may grow.
            byte[] buffer = new byte[1 << 16];
            for (int n; memory.Length <= LogTable.MostBytes && (n = stream.Read(buffer)) > 0;)
            {
                memory.Write(buffer, 0, n);
            }
            return Read(path, memory.ToArray());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            DiagnosticBag bag = new();
            bag.Error(new Mark(path, 1, 1), Codes.FileUnreadable,
                fault is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist" : "the file cannot be read",
                "give the path of a readable CSV file");
            return new IncidentLog([], [], bag.Sorted());
        }
    }

    /// <param name="name">Name for findings.</param>
    /// <param name="bytes">UTF-8 CSV with a header.</param>
    public static IncidentLog Read(string name, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        DiagnosticBag bag = new();
        List<IncidentRow> incidents = [];
        List<SpellRow> spells = [];
        Header? header = null;
        bool isFirst = true;
        foreach (LogTable.Record record in LogTable.Read(name, bytes, bag))
        {
            if (isFirst)
            {
                isFirst = false;
                header = ReadHeader(record, bag);
                continue;
            }
            if (header is null)
            {
                break;
            }
            if (record.Fields.Length != header.Count)
            {
                bag.Error(record.MarkOf(0), Codes.LogRow,
                    FormattableString.Invariant($"the row has {record.Fields.Length} fields and the header {header.Count}"),
                    "write one field per column; a comma within a field needs quotes around it");
                continue;
            }
            LogRecord row = new(record, header, bag);
            if (header.IsSpells)
            {
                Add(spells, row.Spell());
            }
            else
            {
                Add(incidents, row.Incident());
            }
        }
        if (isFirst && !bag.HasErrors)
        {
            bag.Error(new Mark(name, 1, 1), Codes.LogHeader, "the log is empty", $"begin with a header such as {string.Join(',', IncidentNeeds)}");
        }
        return new IncidentLog(incidents, spells, bag.Sorted());

        static void Add<T>(List<T> rows, T? row)
            where T : class
        {
            if (row is not null)
            {
                rows.Add(row);
            }
        }
    }

    /// <summary>Reads an instant of the command line; a date alone is its midnight in UTC.</summary>
    public static (LogInstant? At, Diagnostic? Finding) ReadInstant(string option, string text) =>
        ReadOption(option, text, t => (LogInstant?)LogInstant.Read(t, option, dates: true));

    /// <summary>Reads a duration of the command line; nanoseconds.</summary>
    public static (long? Length, Diagnostic? Finding) ReadDuration(string option, string text) =>
        ReadOption(option, text, t => (long?)LogInstant.ReadDuration(t, option));

    private static (T? Value, Diagnostic? Finding) ReadOption<T>(string option, string text, Func<string, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return (read(text), null);
        }
        catch (BadValueException fault)
        {
            Diagnostic finding = new(
                new Mark(option, 1, fault.Index + 1), Severity.Error, fault.Code, fault.Message, fault.Remedy.ToString());
            return (default, finding);
        }
    }

    private static Header? ReadHeader(LogTable.Record record, DiagnosticBag bag)
    {
        string[] names = [.. record.Fields.Select(f => f.ToLowerInvariant())];
        bool isSpells = names.Contains("exit") || names.Contains("entry") || names.Contains("kind");
        string[] needs = isSpells ? SpellNeeds : IncidentNeeds;
        string[] takes = isSpells ? SpellTakes : IncidentTakes;
        bool isFine = true;
        foreach (string missing in needs.Except(names))
        {
            isFine = false;
            bag.Error(record.MarkOf(0), Codes.LogHeader, $"there is no column '{missing}'",
                $"the header needs {string.Join(',', needs)}, and may have {string.Join(',', takes)}");
        }
        for (int i = 0; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i]) < i)
            {
                isFine = false;
                bag.Error(record.MarkOf(i), Codes.LogHeader, $"the column '{ValueKind.Shown(names[i])}' is there twice", "keep one of them");
            }
            else if (isFine && !needs.Contains(names[i]) && !takes.Contains(names[i]))
            {
                bag.Warning(record.MarkOf(i), Codes.LogColumnUnused, $"the column '{ValueKind.Shown(names[i])}' is not used",
                    $"columns that are: {string.Join(", ", needs.Concat(takes))}");
            }
        }
        return isFine ? new Header(names, isSpells) : null;
    }

    internal sealed class Header(string[] names, bool isSpells)
    {
        public int Count => names.Length;

        public bool IsSpells => isSpells;

        public int IndexOf(string name) => Array.IndexOf(names, name);
    }
}
