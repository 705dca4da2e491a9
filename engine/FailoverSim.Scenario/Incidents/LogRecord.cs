using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Incidents;

/// <summary>One record of a log, read field by field; every fault of it is told.</summary>
internal sealed class LogRecord(LogTable.Record record, IncidentFile.Header header, DiagnosticBag bag)
{
    private bool _isFine = true;

    public IncidentRow? Incident()
    {
        string component = Needed("component");
        string @class = Text("class") is { Length: > 0 } named ? named : component;
        LogInstant? start = Instant("start"), end = Instant("end"), from = Instant("from", dates: true), to = Instant("to", dates: true);
        if (Text("start").Length == 0 && end is not null)
        {
            Fault("start", Codes.LogField, "the incident has an end and no start", "write when it began");
        }
        InOrder(start, end, "end", "the incident ends before it starts");
        InOrder(from, to, "to", "watching ends before it begins");
        return _isFine
            ? new IncidentRow(record.MarkOf(0), component, @class, Text("cause"), Text("event"), start, end, from, to)
            : null;
    }

    public SpellRow? Spell()
    {
        string @class = Needed("class");
        Needed("entity");
        string kind = Word("kind", "failure", "censored", "interval");
        string quantity = header.IndexOf("quantity") < 0 || Text("quantity").Length == 0 ? "life" : Word("quantity", "life", "repair");
        long entry = Text("entry").Length == 0 ? 0 : Duration("entry", Text("entry"), 0) ?? 0;
        string exit = Needed("exit");
        int dots = exit.IndexOf("..", StringComparison.Ordinal);
        if (_isFine && kind == "interval" != dots >= 0)
        {
            Fault("exit", Codes.LogField, kind == "interval" ? "an interval needs two bounds" : "a range stands where one time is meant",
                "write 10m..15m with the kind 'interval', or one time with 'failure' or 'censored'");
        }
        long? low = dots < 0 ? Duration("exit", exit, 0) : Duration("exit", exit[..dots], 0);
        long? high = dots < 0 ? low : Duration("exit", exit[(dots + 2)..], dots + 2);
        InOrder(low, high, "exit", "the range goes downwards");
        InOrder(entry, kind == "interval" ? high : low, "exit", "the exit comes before the entry");
        if (_isFine && high == 0)
        {
            Fault("exit", Codes.LogOrder, "the duration is zero", "write a time above zero, or an interval such as 0s..1s");
        }
        return _isFine
            ? new SpellRow(record.MarkOf(0), @class, quantity == "repair", entry, Math.Max(entry, low!.Value), kind == "censored" ? null : high)
            : null;
    }

    private string Text(string column) => header.IndexOf(column) is >= 0 and int i ? record.Fields[i] : "";

    private string Needed(string column)
    {
        string text = Text(column);
        if (text.Length == 0)
        {
            Fault(column, Codes.LogField, $"'{column}' is empty", "every row needs it");
        }
        return text;
    }

    private string Word(string column, params string[] words)
    {
        string text = Text(column).ToLowerInvariant();
        if (!words.Contains(text))
        {
            Fault(column, Codes.LogField, $"'{ValueKind.Shown(text)}' is no {column}", $"write {string.Join(", ", words[..^1])} or {words[^1]}");
        }
        return text;
    }

    private LogInstant? Instant(string column, bool dates = false)
    {
        string text = Text(column);
        return text.Length == 0 ? null : Try<LogInstant>(column, 0, () => LogInstant.Read(text, column, dates));
    }

    private long? Duration(string column, string text, int offset) =>
        Try(column, offset, () => LogInstant.ReadDuration(text, column));

    private T? Try<T>(string column, int offset, Func<T> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (BadValueException fault)
        {
            Fault(column, fault.Code, fault.Message, fault.Remedy, offset + fault.Index);
            return null;
        }
    }

    private void InOrder(long? first, long? second, string column, string message)
    {
        if (first > second)
        {
            Fault(column, Codes.LogOrder, message, "exchange the two, or correct the zone of one");
        }
    }

    private void InOrder(LogInstant? first, LogInstant? second, string column, string message)
    {
        if (first is { } a && second is { } b && a.IsDate != b.IsDate)
        {
            Fault(column, Codes.LogMixesClocks, "one is a date and the other a time since a start", "write both in one way");
        }
        else
        {
            InOrder(first?.Nanoseconds, second?.Nanoseconds, column, message);
        }
    }

    private void Fault(string column, DiagnosticCode code, string message, Remedy remedy, int offset = 0)
    {
        _isFine = false;
        Mark mark = record.MarkOf(Math.Max(0, header.IndexOf(column)));
        bag.Error(mark with { Column = mark.Column + offset }, code, message, remedy);
    }
}
