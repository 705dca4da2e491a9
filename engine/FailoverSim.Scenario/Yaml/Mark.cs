namespace FailoverSim.Scenario.Yaml;

/// <summary>A place in a file; line and column count from 1.</summary>
public readonly record struct Mark(string File, int Line, int Column)
{
    /// <summary>Stands in the place of a file for values that nobody wrote.</summary>
    public const string DefaultFile = "default";

    /// <summary>Stands in the place of a file for values from the command line; the line is the number of the
    /// option.</summary>
    public const string SetFile = "--set";

    public bool IsDefault => File == DefaultFile;
    public bool IsSet => File == SetFile;

    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}");
}
