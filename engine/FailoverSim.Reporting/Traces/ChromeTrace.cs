using System.Text.Encodings.Web;
using System.Text.Json;
using FailoverSim.Analysis.Timeline;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Reporting.Traces;

/// <summary>
/// A replication as a trace in Chrome's JSON trace event format, which Perfetto opens: services on top, then faults, then machines by zone.
/// </summary>
/// <remarks>
/// Spans are pairs of <c>B</c> and <c>E</c>, for which neighbours that share an instant stay neighbours in whatever precision a reader has.
/// Times are microseconds from t = 0, written with all digits of their nanoseconds; a reader that takes them for doubles is up to 16 ns off after 5 years.
/// </remarks>
public sealed class ChromeTrace
{
    /// <summary>Bytes after which what is written goes to the stream.</summary>
    private const int Full = 1 << 16;

    private readonly Utf8JsonWriter _json;
    private readonly Replay _replay;
    private readonly TraceTracks _tracks;

    private ChromeTrace(Utf8JsonWriter json, Replay replay)
    {
        (_json, _replay) = (json, replay);
        _tracks = new TraceTracks(replay);
    }

    /// <summary>Writes the outages of a replay, and what happened in its windows.</summary>
    public static void Write(Stream stream, Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        new ChromeTrace(json, replay).Write();
    }

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("displayTimeUnit", "ms");
        _json.WriteStartObject("otherData");
        _json.WriteString("scenario", _replay.Spec.Name);
        _json.WriteNumber("replication", _replay.Replication);
        WriteLeftOut("left-out", _replay.LeftOut);
        _json.WriteEndObject();
        _json.WriteStartArray("traceEvents");
        WriteNames();
        foreach (var service in _replay.Outages.GroupBy(outage => outage.Name, StringComparer.Ordinal))
        {
            WriteService(_tracks.OfService(service.Key), service);
        }
        foreach (TraceTracks.FaultSlice slice in _tracks.Faults)
        {
            WriteFault(slice);
        }
        foreach (StateTrack track in _replay.Tracks)
        {
            WriteTrack(_tracks.OfEntity(track.Entity), track);
        }
        foreach (TraceTracks.FaultSlice slice in _tracks.Faults)
        {
            WriteFlow(slice);
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteNames()
    {
        foreach ((int pid, string name) in _tracks.Processes)
        {
            Name("process_name", pid, 0, name);
            SortIndex("process_sort_index", pid, 0, pid);
        }
        foreach ((TraceTrack track, string name) in _tracks.Threads)
        {
            Name("thread_name", track.Process, track.Thread, name);
            SortIndex("thread_sort_index", track.Process, track.Thread, track.Thread);
        }
    }

    private void WriteService(TraceTrack track, IEnumerable<OutageSpan> outages)
    {
        foreach (OutageSpan outage in outages)
        {
            Begin(track, outage.Start, "down", "outage");
            _json.WriteStartObject("args");
            _json.WriteString("class", outage.IsLoss ? "loss" : "failover");
            _json.WriteString("open-at-start", outage.WasOpen ? "yes" : "no");
            if (outage.Phases.Count > 0)
            {
                _json.WriteString("root", outage.Root?.Cause ?? (outage.IsWhole ? "none" : "before the window"));
                _json.WriteString("enablers", string.Join(";", outage.LetThrough));
                _json.WriteString("causes", Listed(outage.Causes));
                _json.WriteStartObject("stages");
                foreach ((string stage, SimDuration length) in outage.Stages)
                {
                    _json.WriteNumber(stage, length.Seconds);
                }
                _json.WriteEndObject();
                _json.WriteString("held-longest-by", outage.Held[0].Condition);
                WriteLeftOut("causes-left-out", outage.MoreCauses);
                WriteLeftOut("phases-left-out", outage.MorePhases);
                WriteLeftOut("seconds-left-out", outage.Unread.Seconds);
            }
            _json.WriteEndObject();
            _json.WriteEndObject();
            foreach (OutagePhase phase in outage.Phases)
            {
                Begin(track, phase.Start, phase.Stage.Length == 0 ? "waits" : phase.Stage, "stage");
                _json.WriteStartObject("args");
                _json.WriteString("condition", phase.Condition);
                _json.WriteString("causes", Listed(phase.Causes));
                WriteLeftOut("causes-left-out", phase.MoreCauses);
                _json.WriteEndObject();
                _json.WriteEndObject();
                End(track, phase.End);
            }
            End(track, outage.End);
        }
    }

    private static string Listed(IEnumerable<Occurrence> causes) =>
        string.Join(";", causes.Select(cause => $"{cause.Cause} #{cause.Number}"));

    /// <summary>Only where something was.</summary>
    private void WriteLeftOut(string what, double amount)
    {
        if (amount > 0)
        {
            _json.WriteNumber(what, amount);
        }
    }

    private void WriteFault(TraceTracks.FaultSlice slice)
    {
        Begin(slice.Track, slice.Occurrence.Instant, slice.Occurrence.Cause, "fault");
        _json.WriteStartObject("args");
        _json.WriteNumber("number", slice.Occurrence.Number);
        _json.WriteString("entity", slice.Occurrence.Entity);
        _json.WriteEndObject();
        _json.WriteEndObject();
        End(slice.Track, slice.End);
    }

    private void WriteTrack(TraceTrack track, StateTrack told)
    {
        foreach (StateSpan span in told.Spans)
        {
            Begin(track, span.Start, span.State, "state");
            _json.WriteStartObject("args");
            if (span.Cause is { } cause)
            {
                _json.WriteString("cause", $"{cause.Cause} #{cause.Number}");
            }
            _json.WriteEndObject();
            _json.WriteEndObject();
            End(track, span.End);
        }
        foreach (TimelineEvent note in told.Notes)
        {
            Event("i", track, note.Instant);
            _json.WriteString("name", note.Text);
            _json.WriteString("cat", "note");
            _json.WriteString("s", "t");
            _json.WriteEndObject();
        }
    }

    /// <summary>From a fault to its effects, one after the other.</summary>
    private void WriteFlow(TraceTracks.FaultSlice slice)
    {
        IReadOnlyList<(TraceTrack Track, SimTime At)> effects = slice.Effects;
        if (effects.Count == 0 || slice.End == slice.Occurrence.Instant)
        {
            return;
        }
        Flow("s", slice.Track, slice.Occurrence.Instant, slice.Occurrence.Number);
        for (int i = 0; i < effects.Count; i++)
        {
            Flow(i < effects.Count - 1 ? "t" : "f", effects[i].Track, effects[i].At, slice.Occurrence.Number);
        }
    }

    private void Flow(string phase, TraceTrack track, SimTime time, long id)
    {
        Event(phase, track, time);
        _json.WriteString("name", "effect");
        _json.WriteString("cat", "cause");
        _json.WriteNumber("id", id);
        if (phase == "f")
        {
            _json.WriteString("bp", "e");
        }
        _json.WriteEndObject();
    }

    private void Begin(TraceTrack track, SimTime time, string name, string category)
    {
        Event("B", track, time);
        _json.WriteString("name", name);
        _json.WriteString("cat", category);
    }

    private void End(TraceTrack track, SimTime time)
    {
        Event("E", track, time);
        _json.WriteEndObject();
    }

    private void Event(string phase, TraceTrack track, SimTime time)
    {
        if (_json.BytesPending > Full)
        {
            _json.Flush();
        }
        _json.WriteStartObject();
        _json.WriteString("ph", phase);
        _json.WriteNumber("pid", track.Process);
        _json.WriteNumber("tid", track.Thread);
        _json.WriteNumber("ts", time.Nanoseconds / 1000m);
    }

    private void Name(string what, int process, int thread, string name)
    {
        Metadata(what, process, thread);
        _json.WriteString("name", name);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void SortIndex(string what, int process, int thread, int index)
    {
        Metadata(what, process, thread);
        _json.WriteNumber("sort_index", index);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Metadata(string what, int process, int thread)
    {
        _json.WriteStartObject();
        _json.WriteString("ph", "M");
        _json.WriteNumber("pid", process);
        _json.WriteNumber("tid", thread);
        _json.WriteString("name", what);
        _json.WriteStartObject("args");
    }
}
