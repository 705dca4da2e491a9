using System.Globalization;

namespace FailoverSim.Reporting.Tables;

/// <summary>
/// What two runs must have in common for blocks of one to be blocks of the other. How many replications they have, and how they are divided, is not
/// part of it.
/// </summary>
/// <param name="Facts">Names and values, such as <c>seed</c> and <c>7</c>; what tells most comes first.</param>
public sealed record RunIdentity(IReadOnlyList<(string Name, string Value)> Facts)
{
    /// <summary>Name of the fact that the resolved scenario is summed up by.</summary>
    internal const string HashName = "hash of the scenario";

    /// <param name="scenario">Its name.</param>
    /// <param name="seed">Of all its replications.</param>
    /// <param name="engine">Version of the engine.</param>
    /// <param name="build">That of <see cref="EngineBuild"/>; null if nobody noted it.</param>
    /// <param name="zones">Version of the time-zone rules; null where no zone is named.</param>
    /// <param name="hash">Of the resolved scenario.</param>
    /// <param name="others">Hashes of other files that are run as variants.</param>
    public static RunIdentity Of(
        string scenario, ulong seed, string engine, string? build, string? zones, string hash, IEnumerable<(string Variant, string Hash)> others) => new(
    [
        ("scenario", scenario),
        ("seed", seed.ToString(CultureInfo.InvariantCulture)),
        ("engine version", engine),
        ("build of the engine", build ?? "not known"),
        ("version of the time-zone rules", zones ?? "none"),
        (HashName, hash),
        .. others.Select(other => ($"hash of '{other.Variant}'", other.Hash)),
    ]);

    /// <summary>The first fact that is not the same; null if all are.</summary>
    public (string Name, string Ours, string Theirs)? DifferenceFrom(RunIdentity other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (string name in Facts.Concat(other.Facts).Select(fact => fact.Name))
        {
            (string ours, string theirs) = (ValueOf(name), other.ValueOf(name));
            if (ours != theirs)
            {
                return (name, ours, theirs);
            }
        }
        return null;
    }

    private string ValueOf(string name) => Facts.FirstOrDefault(fact => fact.Name == name).Value ?? "not there";
}
