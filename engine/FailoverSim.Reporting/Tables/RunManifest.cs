using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FailoverSim.Analysis.Stopping;
using FailoverSim.Analysis.Tables;

namespace FailoverSim.Reporting.Tables;

/// <summary>
/// <c>manifest.json</c>: what was run, so that it can be run again and recognised. It holds nothing of the machine or the
/// moment, so that the same run gives the same bytes.
/// </summary>
public sealed record RunManifest
{
    private const string Format = "failoversim-manifest";
    private const int Version = 1;

    public required string Scenario { get; init; }

    /// <summary>The scenario with every default filled in, as <c>expand</c> prints it.</summary>
    public required string ResolvedScenario { get; init; }

    /// <summary>Where each value of it comes from, by its path.</summary>
    public IReadOnlyList<(string Path, string Source)> Sources { get; init; } = [];

    public required string EngineVersion { get; init; }

    /// <summary>That of <see cref="EngineBuild"/>; null in files of earlier versions.</summary>
    public string? Build { get; init; } = EngineBuild.Id;

    public required ulong Seed { get; init; }
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>From 0.</summary>
    public required long FirstReplication { get; init; }
    public required long Replications { get; init; }

    /// <summary>Set where this is one shard of several: its number, from 0, and how many there are.</summary>
    public (int Index, int Count)? Shard { get; init; }

    public required StopReason StopReason { get; init; }

    /// <summary>SHA-256 of <c>replications.msgpack</c>: equal for equal results.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Which time-zone rules were used, such as <c>2026a</c>; null where no zone was named.</summary>
    public string? TimeZoneData { get; init; }

    public OutagesWritten? Outages { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A command that runs the same again; null in files of earlier versions.</summary>
    public string? Repeat { get; init; }

    /// <summary>Variants, values and whatever else was not finished, because somebody asked to stop.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];

    /// <summary>Scenarios of other files that were run as variants.</summary>
    public IReadOnlyList<(string Variant, string Hash, string ResolvedScenario)> Others { get; init; } = [];

    /// <summary>SHA-256 of the resolved scenario in normal form, as <see cref="Origin.Hash"/> has it.</summary>
    public required string Hash { get; init; }

    /// <summary>What it has in common with every other part of the same run.</summary>
    public RunIdentity Identity =>
        RunIdentity.Of(Scenario, Seed, EngineVersion, Build, TimeZoneData, Hash, Others.Select(other => (other.Variant, other.Hash)));

    public static string FingerprintOf(string path)
    {
        using FileStream stream = ResultFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public void Write(string path) => AtomicFile.Write(path, Write);

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, SummaryFiles.Json);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("scenario", Scenario);
        json.WriteString("hash", Hash);
        json.WriteString("engine", EngineVersion);
        json.WriteString("build", Build);
        json.WriteNumber("seed", Seed);
        WriteStrings(json, "variants", Variants);
        json.WriteNumber("firstReplication", FirstReplication);
        json.WriteNumber("replications", Replications);
        if (Shard is { } shard)
        {
            json.WriteString("shard", $"{shard.Index}/{shard.Count}");
        }
        json.WriteString("stopReason", NameOf(StopReason));
        json.WriteString("fingerprint", Fingerprint);
        json.WriteString("timeZoneData", TimeZoneData);
        if (Outages is { } outages)
        {
            json.WriteStartObject("outages");
            json.WriteNumber("written", outages.Written);
            json.WriteNumber("total", outages.Total);
            json.WriteBoolean("capped", outages.IsCapped);
            json.WriteEndObject();
        }
        WriteStrings(json, "warnings", Outages?.Note is { } note ? [.. Warnings, note] : Warnings);
        if (Unfinished.Count > 0)
        {
            WriteStrings(json, "unfinished", Unfinished);
        }
        if (Repeat is not null)
        {
            json.WriteString("repeat", Repeat);
        }
        json.WriteString("resolvedScenario", ResolvedScenario);
        json.WriteStartObject("sources");
        foreach ((string path, string source) in Sources)
        {
            json.WriteString(path, source);
        }
        json.WriteEndObject();
        if (Others.Count > 0)
        {
            json.WriteStartArray("others");
            foreach ((string variant, string hash, string resolved) in Others)
            {
                json.WriteStartObject();
                json.WriteString("variant", variant);
                json.WriteString("hash", hash);
                json.WriteString("resolvedScenario", resolved);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">Not such a file, of another version, or damaged.</exception>
    public static RunManifest Read(string path)
    {
        using MemoryStream content = new(ResultFile.Read(path));
        return Read(content);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static RunManifest Read(Stream stream)
    {
        try
        {
            using var json = JsonDocument.Parse(stream);
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"no manifest can be read in it ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    private static RunManifest Read(JsonElement json)
    {
        (string? format, int version) = (json.GetProperty("format").GetString(), json.GetProperty("version").GetInt32());
        if (format != Format || version != Version)
        {
            throw new InvalidDataException($"format '{format}' version {version} where '{Format}' version {Version} belongs");
        }
        string stopReason = Text(json, "stopReason");
        RunManifest manifest = new()
        {
            Scenario = Text(json, "scenario"),
            Hash = Text(json, "hash"),
            EngineVersion = Text(json, "engine"),
            Build = json.TryGetProperty("build", out JsonElement build) ? build.GetString() : null,
            Seed = json.GetProperty("seed").GetUInt64(),
            Variants = Strings(json, "variants"),
            FirstReplication = json.GetProperty("firstReplication").GetInt64(),
            Replications = json.GetProperty("replications").GetInt64(),
            Shard = json.TryGetProperty("shard", out JsonElement shard) ? ShardOf(Text(json, "shard")) : null,
            StopReason = Enum.GetValues<StopReason>().Cast<StopReason?>().FirstOrDefault(reason => NameOf(reason!.Value) == stopReason)
                ?? throw new FormatException($"there is no stop reason '{stopReason}'"),
            Fingerprint = Text(json, "fingerprint"),
            TimeZoneData = json.GetProperty("timeZoneData").GetString(),
            Outages = json.TryGetProperty("outages", out JsonElement outages)
                ? new OutagesWritten(outages.GetProperty("written").GetInt64(), outages.GetProperty("total").GetInt64()) : null,
            Warnings = Strings(json, "warnings"),
            Repeat = json.TryGetProperty("repeat", out JsonElement repeat) ? repeat.GetString() : null,
            Unfinished = json.TryGetProperty("unfinished", out _) ? Strings(json, "unfinished") : [],
            ResolvedScenario = Text(json, "resolvedScenario"),
            Sources = json.TryGetProperty("sources", out JsonElement sources)
                ? [.. sources.EnumerateObject().Select(source => (source.Name, source.Value.GetString() ?? ""))] : [],
            Others = json.TryGetProperty("others", out JsonElement others)
                ? [.. others.EnumerateArray().Select(other => (Text(other, "variant"), Text(other, "hash"), Text(other, "resolvedScenario")))]
                : [],
        };
        string[] lines =
        [
            manifest.Scenario, manifest.Hash, manifest.EngineVersion, manifest.Fingerprint, manifest.TimeZoneData ?? "", manifest.Repeat ?? "",
            .. manifest.Variants, .. manifest.Warnings, .. manifest.Unfinished, .. manifest.Others.Select(other => other.Variant),
        ];
        if (Array.Find(lines, line => line.Any(char.IsControl)) is not null)
        {
            // They are printed, and would move the cursor of a terminal.
            throw new FormatException("a line of text holds control characters");
        }
        return manifest.Variants.Count > 0 && manifest.FirstReplication >= 0 && manifest.Replications > 0 ? manifest
            : throw new FormatException("there are no variants or no replications in it");
    }

    private static (int Index, int Count) ShardOf(string text) =>
        text.Split('/') is [var i, var n] && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && index < count
            ? (index, count)
            : throw new FormatException("there is no such shard");

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is empty");

    private static string[] Strings(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? "")];

    public static string NameOf(StopReason reason) => reason switch
    {
        StopReason.FixedCount => "fixed-count",
        StopReason.Precision => "precision",
        StopReason.GaveUpReplications => "gave-up-replications",
        StopReason.GaveUpWallClock => "gave-up-wall-clock",
        StopReason.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}
