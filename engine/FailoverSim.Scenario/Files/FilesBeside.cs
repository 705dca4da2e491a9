using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Files;

/// <summary>
/// What a scenario names beside itself: <c>from:</c> and <c>empirical()</c>. Each file is read once, however often and in how many
/// variants it is named, and all together hold no more than a bound.
/// </summary>
/// <param name="read">Content of a file by its path from the scenario's folder; null if there is none.</param>
internal sealed class FilesBeside(Func<string, byte[]?> read)
{
    private const int MostCharacters = 1_000;

    /// <summary>Of all files together.</summary>
    private const int MostBytes = 32 * 1024 * 1024;

    private readonly Dictionary<string, (byte[]? Content, string? Reason)> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, Measure Measure), (LawValue? Law, BadValueException? Fault)> _laws = [];
    private long _bytes;

    /// <summary>Where there is nothing beside.</summary>
    public static FilesBeside None => new(_ => null);

    /// <summary>Whether a path goes down from the scenario's folder, in the one form that is the same on every system.</summary>
    public static bool IsInside(string path) =>
        path.Length is > 0 and <= MostCharacters && path[0] != '/' && path.AsSpan().IndexOfAny('\\', ':') < 0 && !path.Any(char.IsControl)
        && !path.Split('/').Contains("..", StringComparer.Ordinal);

    /// <param name="path">One that <see cref="IsInside"/>.</param>
    /// <param name="content">Empty if there is none.</param>
    /// <param name="reason">Why there is none, as what follows its name: "cannot be read".</param>
    public bool TryRead(string path, out byte[] content, out string reason)
    {
        string plain = Plain(path);
        if (!_files.TryGetValue(plain, out var file))
        {
            _files.Add(plain, file = Read(plain));
        }
        content = file.Content ?? [];
        reason = file.Reason ?? "";
        return file.Content is not null;
    }

    /// <summary>A law of the samples in a file, which is made once.</summary>
    /// <param name="path">One that <see cref="IsInside"/>.</param>
    /// <param name="at">Place in the text that names it.</param>
    /// <param name="measure">What the samples are of.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="BadValueException">There is none.</exception>
    public LawValue Law(string path, int at, Measure measure, Func<LawValue> make)
    {
        var key = (Plain(path), measure);
        if (!_laws.TryGetValue(key, out var made))
        {
            try
            {
                made = (make(), null);
            }
            catch (BadValueException fault)
            {
                made = (null, fault);
            }
            _laws.Add(key, made);
        }
        return made.Law ?? throw new BadValueException(at, made.Fault!.Code, made.Fault.Message, made.Fault.Remedy);
    }

    private (byte[]? Content, string? Reason) Read(string path)
    {
        if (_bytes > MostBytes)
        {
            return (null, TooMuch);
        }
        try
        {
            if (read(path) is not { } content)
            {
                return (null, "cannot be read");
            }
            _bytes += content.Length;
            return _bytes <= MostBytes ? (content, null) : (null, TooMuch);
        }
        catch (InvalidDataException refusal)
        {
            return (null, refusal.Message);
        }
    }

    private static string TooMuch => FormattableString.Invariant($"is beyond the {MostBytes / (1024 * 1024)} MiB that all files beside a scenario may have");

    private static string Plain(string path) => string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
}
