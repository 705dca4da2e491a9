namespace FailoverSim.Reporting.Notebooks;

/// <summary>
/// Tells .NET Interactive how a type is shown. Notebooks look for an attribute of this name and for the members of
/// <see cref="HtmlFormatterSource"/> by theirs, so that no package of theirs is needed here.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}
