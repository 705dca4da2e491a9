using System.Text.Json;

namespace FailoverSim.Tests.Timeline;

/// <summary>
/// The rules of Chrome's "Trace Event Format" for the JSON object form, as far as they can be broken here: what each phase must have, that
/// begins and ends nest on every thread, that flows are one chain each and bind to slices, that metadata says what it may.
/// </summary>
/// <remarks>Written from the public description of the format, not from what writes the files.</remarks>
internal sealed class TraceEventFormat
{
    private static readonly HashSet<string> Phases = ["B", "E", "X", "i", "s", "t", "f", "M"];

    private static readonly Dictionary<string, (string Argument, JsonValueKind Kind)> Metadata = new()
    {
        ["process_name"] = ("name", JsonValueKind.String),
        ["process_labels"] = ("labels", JsonValueKind.String),
        ["process_sort_index"] = ("sort_index", JsonValueKind.Number),
        ["thread_name"] = ("name", JsonValueKind.String),
        ["thread_sort_index"] = ("sort_index", JsonValueKind.Number),
    };

    private readonly List<string> _violations = [];
    private readonly Dictionary<(int Process, int Thread), List<Slice>> _slices = [];
    private readonly Dictionary<(int Process, int Thread), Stack<Slice>> _open = [];
    private readonly Dictionary<(string Category, string Name, string Id), List<Step>> _flows = [];
    private readonly HashSet<(string What, int Process, int Thread)> _named = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Every slice by its thread, outer ones before those inside.</summary>
    public IReadOnlyDictionary<(int Process, int Thread), List<Slice>> Slices => _slices;

    public IReadOnlyCollection<List<Step>> Flows => _flows.Values;

    public Dictionary<(int Process, int Thread), string> ThreadNames { get; } = [];

    public Dictionary<int, string> ProcessNames { get; } = [];

    public Dictionary<int, int> ProcessRanks { get; } = [];

    /// <summary>From one instant to another, both in nanoseconds.</summary>
    public sealed record Slice(string Name, string Category, decimal From, JsonElement Event)
    {
        public decimal To { get; set; }

        public bool Holds(decimal time) => From <= time && time <= To && From < To;
    }

    public sealed record Step(string Phase, (int Process, int Thread) Track, decimal At, bool BindsToEnclosing);

    public static TraceEventFormat Read(JsonElement file)
    {
        TraceEventFormat format = new();
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("traceEvents", out JsonElement events)
            || events.ValueKind != JsonValueKind.Array)
        {
            format._violations.Add("no object with an array traceEvents");
            return format;
        }
        if (file.TryGetProperty("displayTimeUnit", out JsonElement unit) && unit.GetString() is not ("ms" or "ns"))
        {
            format._violations.Add("displayTimeUnit is neither ms nor ns");
        }
        int number = 0;
        foreach (JsonElement item in events.EnumerateArray())
        {
            format.Take(item, $"event {number++}");
        }
        format.Conclude();
        return format;
    }

    private void Take(JsonElement item, string where)
    {
        if (!item.TryGetProperty("ph", out JsonElement ph) || ph.GetString() is not { } phase || !Phases.Contains(phase))
        {
            _violations.Add($"{where}: no known phase");
            return;
        }
        if (!Has(item, "pid", JsonValueKind.Number, where) | !Has(item, "tid", JsonValueKind.Number, where))
        {
            return;
        }
        (int, int) track = (item.GetProperty("pid").GetInt32(), item.GetProperty("tid").GetInt32());
        if (phase != "E" && !Has(item, "name", JsonValueKind.String, where))
        {
            return;
        }
        if (item.TryGetProperty("args", out JsonElement args) && args.ValueKind != JsonValueKind.Object)
        {
            _violations.Add($"{where}: args is no object");
        }
        if (phase == "M")
        {
            TakeMetadata(item, track, where);
        }
        else if (Has(item, "ts", JsonValueKind.Number, where))
        {
            TakeTimed(item, phase, track, item.GetProperty("ts").GetDecimal() * 1000, where);
        }
    }

    private void TakeMetadata(JsonElement item, (int Process, int Thread) track, string where)
    {
        string name = item.GetProperty("name").GetString()!;
        if (!Metadata.TryGetValue(name, out var rule)
            || !item.TryGetProperty("args", out JsonElement args) || !args.TryGetProperty(rule.Argument, out JsonElement value)
            || value.ValueKind != rule.Kind)
        {
            _violations.Add($"{where}: metadata '{name}' is unknown or says nothing");
            return;
        }
        int thread = name.StartsWith("thread", StringComparison.Ordinal) ? track.Thread : -1;
        if (!_named.Add((name, track.Process, thread)))
        {
            _violations.Add($"{where}: {name} of {track} is said twice");
        }
        switch (name)
        {
            case "process_name":
                ProcessNames[track.Process] = value.GetString()!;
                break;
            case "process_sort_index":
                ProcessRanks[track.Process] = value.GetInt32();
                break;
            case "thread_name":
                ThreadNames[track] = value.GetString()!;
                break;
        }
    }

    private void TakeTimed(JsonElement item, string phase, (int, int) track, decimal time, string where)
    {
        if (time < 0)
        {
            _violations.Add($"{where}: before t = 0");
        }
        string name = item.TryGetProperty("name", out JsonElement n) ? n.GetString()! : "";
        string category = item.TryGetProperty("cat", out JsonElement c) ? c.GetString()! : "";
        List<Slice> slices = _slices.TryGetValue(track, out var known) ? known : _slices[track] = [];
        Stack<Slice> open = _open.TryGetValue(track, out var stack) ? stack : _open[track] = [];
        switch (phase)
        {
            case "B":
                if (slices.Count > 0 && time < (open.Count > 0 ? slices[^1].From : slices.Max(s => s.To)))
                {
                    _violations.Add($"{where}: begins before what stands before it on its thread");
                }
                Slice begun = new(name, category, time, item) { To = decimal.MaxValue };
                slices.Add(begun);
                open.Push(begun);
                break;
            case "E" when open.Count == 0:
                _violations.Add($"{where}: an end without a begin");
                break;
            case "E":
                Slice ended = open.Pop();
                ended.To = time;
                if (time < ended.From || slices.Any(inner => inner.From >= ended.From && inner != ended && inner.To < decimal.MaxValue
                    && inner.To > time && slices.IndexOf(inner) > slices.IndexOf(ended)))
                {
                    _violations.Add($"{where}: ends before it begins, or before what is inside it");
                }
                break;
            case "X":
                if (Has(item, "dur", JsonValueKind.Number, where) && item.GetProperty("dur").GetDecimal() is >= 0 and var length)
                {
                    slices.Add(new Slice(name, category, time, item) { To = time + (length * 1000) });
                }
                else
                {
                    _violations.Add($"{where}: no duration of 0 or more");
                }
                break;
            case "i":
                if (item.TryGetProperty("s", out JsonElement scope) && scope.GetString() is not ("g" or "p" or "t"))
                {
                    _violations.Add($"{where}: an unknown scope");
                }
                break;
            default:
                if (!item.TryGetProperty("id", out JsonElement id))
                {
                    _violations.Add($"{where}: a flow without an id");
                    break;
                }
                var key = (category, name, id.ToString());
                List<Step> flow = _flows.TryGetValue(key, out var steps) ? steps : _flows[key] = [];
                flow.Add(new Step(phase, track, time, item.TryGetProperty("bp", out JsonElement bp) && bp.GetString() == "e"));
                break;
        }
    }

    private void Conclude()
    {
        _violations.AddRange(_open.Where(thread => thread.Value.Count > 0).Select(thread => $"thread {thread.Key}: a begin without an end"));
        _violations.AddRange(_slices.Keys.Where(track => !ThreadNames.ContainsKey(track)).Select(track => $"thread {track} has no name"));
        _violations.AddRange(_slices.Keys.Where(track => !ProcessNames.ContainsKey(track.Process)).Select(track => $"process {track.Process} has no name"));
        foreach (var (key, steps) in _flows)
        {
            string phases = string.Concat(steps.Select(step => step.Phase));
            if (phases.Length < 2 || phases[0] != 's' || phases[^1] != 'f' || phases[1..^1].Any(phase => phase != 't'))
            {
                _violations.Add($"flow {key} is {phases}: it must start once, step, and finish once");
            }
            if (steps.Zip(steps.Skip(1)).Any(pair => pair.First.At > pair.Second.At))
            {
                _violations.Add($"flow {key} goes back in time");
            }
            // s and t bind to the slice around them, f to the next one unless it says otherwise.
            foreach (Step step in steps.Where(step => step.Phase != "f" || step.BindsToEnclosing))
            {
                if (!_slices.TryGetValue(step.Track, out var slices) || !slices.Any(slice => slice.Holds(step.At)))
                {
                    _violations.Add($"flow {key}: {step.Phase} at {step.At} ns on {step.Track} is in no slice");
                }
            }
        }
    }

    private bool Has(JsonElement item, string key, JsonValueKind kind, string where)
    {
        if (item.TryGetProperty(key, out JsonElement value) && value.ValueKind == kind)
        {
            return true;
        }
        _violations.Add($"{where}: no {key} of kind {kind}");
        return false;
    }
}
