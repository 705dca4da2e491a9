namespace FailoverSim.Scenario.Yaml;

/// <summary>A place in a file; line and column count from 1.</summary>
public readonly record struct Mark(string File, int Line, int Column)
{
    /// <summary>Stands in the place of a file for values that nobody wrote.</summary>
    public const string DefaultFile = "default";

    /// <summary>Stands in the place of a file for values from the command line; the line is the number of the
    /// option.</summary>
    public const string SetFile = "--set";

    /// <summary>Before the source of a value from a catalogue, in the place of a file.</summary>
    private const string CataloguePrefix = "catalogue: ";
    private const string DerivedPrefix = "derived: ";

    /// <summary>The place of a value that a catalogue gives.</summary>
    /// <param name="source">Where the catalogue has it from: product, version, file or document.</param>
    public static Mark Catalogue(string source) => new(CataloguePrefix + source, 1, 1);

    /// <summary>The place of a value that follows from others in the file, and changes with them.</summary>
    /// <param name="source">Where the rule is from.</param>
    public static Mark Derived(string source) => new(DerivedPrefix + source, 1, 1);

    public bool IsDerived => File.StartsWith(DerivedPrefix, StringComparison.Ordinal);

    /// <summary>Whether nobody wrote it.</summary>
    public bool IsDefault => File == DefaultFile || CatalogueSource is not null;

    /// <summary>Where the catalogue has a value from; null for any other.</summary>
    public string? CatalogueSource => IsDerived ? File[DerivedPrefix.Length..]
        : File.StartsWith(CataloguePrefix, StringComparison.Ordinal) ? File[CataloguePrefix.Length..] : null;

    /// <summary>For people: line of the file, option, or what gives the default.</summary>
    public string Source => this switch
    {
        { CatalogueSource: { } source } => source.StartsWith("engineering default", StringComparison.Ordinal) ? source
            : $"default: {source}",
        { IsDefault: true } => "default",
        { IsSet: true } => SetFile,
        _ => FormattableString.Invariant($"{Path.GetFileName(File)}:{Line}"),
    };

    public bool IsSet => File == SetFile;

    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}");
}
