using System.Globalization;
using System.Text.RegularExpressions;
using FailoverSim.Scenario.Catalogue;

namespace FailoverSim.Scenario.Importing;

/// <summary>Versions of products that were seen; of several the one that is closest to what the control plane runs, then the most frequent.</summary>
internal sealed partial class FoundVersions
{
    private readonly List<(Product Product, int Rank, int Major, int Minor)> _seen = [];

    /// <param name="product">Of which.</param>
    /// <param name="text">Such as <c>v1.33.2-eks-1</c> or <c>3.5.21-0</c>; what is none is passed over.</param>
    /// <param name="rank">Higher ones win.</param>
    public void Add(Product product, string? text, int rank)
    {
        Match match = Form().Match(text ?? "");
        if (match.Success)
        {
            (int major, int minor) = Numbers(match);
            _seen.Add((product, rank, major, minor));
        }
    }

    /// <summary>The catalogue's version, and the one seen where the catalogue has no such; null if none was seen.</summary>
    public (string Known, string? Seen)? Of(Product product)
    {
        List<(Product Product, int Rank, int Major, int Minor)> seen = [.. _seen.Where(version => version.Product == product)];
        if (seen.Count == 0)
        {
            return null;
        }
        int rank = seen.Max(version => version.Rank);
        (int major, int minor) = seen.Where(version => version.Rank == rank).GroupBy(version => (version.Major, version.Minor))
            .OrderByDescending(same => same.Count()).ThenByDescending(same => same.Key).First().Key;
        // The newest that is not newer than what was seen, else the oldest.
        string known = product.Versions.LastOrDefault(version => Numbers(version).CompareTo((major, minor)) <= 0) ?? product.Versions[0];
        return (known, Numbers(known) == (major, minor) ? null : FormattableString.Invariant($"{major}.{minor}"));
    }

    private static (int Major, int Minor) Numbers(string version) => Numbers(Form().Match(version));

    private static (int Major, int Minor) Numbers(Match match) =>
        (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\Av?([0-9]{1,4})\.([0-9]{1,4})(?:[^0-9]|\z)")]
    private static partial Regex Form();
}
