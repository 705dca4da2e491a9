namespace FailoverSim.Scenario.Catalogue;

/// <summary>How sure a default is.</summary>
internal enum Basis
{
    /// <summary>Read in the source or the documentation that is named.</summary>
    Read,

    /// <summary>Named there, but not read again.</summary>
    Unverified,

    /// <summary>Nobody sets it: chosen here, with the reason.</summary>
    Engineering,
}

/// <summary>The default of one key of a component.</summary>
/// <param name="Key">Dotted path below the component; <c>check.interval</c>.</param>
/// <param name="Value">As a file would say it; <c>=interval</c> is the value of the key beside it.</param>
/// <param name="Source">File, document or reason.</param>
/// <param name="Basis">How sure it is.</param>
internal sealed record Setting(string Key, string Value, string Source, Basis Basis = Basis.Read)
{
    /// <summary>The first version that it holds for; null: all.</summary>
    public string? Since { get; init; }

    /// <summary>The only version that it holds for; null: all.</summary>
    public string? Only { get; init; }

    /// <summary>It holds only where the key that it lies under is written.</summary>
    public bool WithParent { get; init; }

    /// <summary>It concerns nodes that take pods: it holds where there are such, whoever runs the component, and only there.</summary>
    public bool ForPods { get; init; }

    public string Remark => Basis switch
    {
        Basis.Unverified => $"{Source}, unverified",
        Basis.Engineering => $"engineering default: {Source}",
        _ => Source,
    };
}

/// <summary>What is released in versions.</summary>
/// <param name="Name">As <c>use</c> names it.</param>
/// <param name="Versions">Known ones from old to new, as they are written: <c>v1.33</c>, <c>3.0</c>.</param>
/// <param name="Usual">The version where <c>use</c> names none.</param>
/// <param name="ReadAt">The version of the sources that were read, where it is another one; null otherwise.</param>
internal sealed record Product(string Name, IReadOnlyList<string> Versions, string Usual, string? ReadAt = null)
{
    /// <summary>The known version that is meant, with or without <c>v</c> and patch number; null if there is none.</summary>
    public string? Find(string written)
    {
        string plain = written.TrimStart('v');
        return Versions.FirstOrDefault(version => plain == version.TrimStart('v'))
            ?? Versions.FirstOrDefault(version => plain.StartsWith(version.TrimStart('v') + ".", StringComparison.Ordinal)
                && plain.Split('.') is [_, _, var patch] && patch.Length > 0 && patch.All(char.IsAsciiDigit));
    }

    public int Age(string version) => Versions.ToList().IndexOf(version);
}

/// <summary>All defaults of a component, over all versions of the product that it comes from.</summary>
internal sealed record ComponentSettings(string Component, Product Product, IReadOnlyList<Setting> All)
{
    /// <summary>The default of each key in one version, in the order of the catalogue.</summary>
    public IEnumerable<Setting> For(string version) => All
        .Where(setting => (setting.Since is null || Product.Age(setting.Since) <= Product.Age(version))
            && (setting.Only is null || setting.Only == version))
        .GroupBy(setting => setting.Key, StringComparer.Ordinal)
        .Select(settings => settings.Last());

    /// <summary>Where the default comes from, for people.</summary>
    public string SourceOf(Setting setting, string version) => setting.Basis == Basis.Engineering ? setting.Remark
        : $"{Product.Name} {version}{(Product.ReadAt is { } read ? $" (read at {read})" : "")}, {setting.Remark}";
}
