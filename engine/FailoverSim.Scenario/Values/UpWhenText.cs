namespace FailoverSim.Scenario.Values;

/// <summary>An <c>up-when</c> expression as written: names are not yet resolved to units or services.</summary>
internal abstract record UpWhenText
{
    /// <summary><c>pump</c>, <c>any of pump</c>, <c>3 of pump</c>, <c>50% of pump</c>.</summary>
    /// <param name="Quantity">How many of the copies.</param>
    /// <param name="Name">Unit or service.</param>
    /// <param name="QuantityIndex">Place of the quantity in the text.</param>
    /// <param name="NameIndex">Place of the name in the text.</param>
    public sealed record Named(Quantity Quantity, string Name, int QuantityIndex, int NameIndex) : UpWhenText;

    /// <summary>Several parts of which a quantity is needed: <c>and</c>, <c>or</c>, <c>2 of (a, b, c)</c>.</summary>
    public sealed record Group(Quantity Quantity, IReadOnlyList<UpWhenText> Parts, int QuantityIndex,
        GroupForm Form) : UpWhenText;

    /// <summary>Every name in the text, from left to right.</summary>
    public IEnumerable<Named> Names => this switch
    {
        Named named => [named],
        Group group => group.Parts.SelectMany(part => part.Names),
        _ => [],
    };
}

/// <summary>How a group was written.</summary>
internal enum GroupForm
{
    And,
    Or,
    List,
}

/// <summary>How many of several: a number, a share rounded up, or all.</summary>
internal readonly record struct Quantity(int? Number, decimal? Share)
{
    public static Quantity All => default;
    public static Quantity Any => new(1, null);

    public int Of(int count) => Number ?? (Share is { } share ? (int)Math.Ceiling(share * count) : count);

    public override string ToString() => this switch
    {
        { Number: { } number } => FormattableString.Invariant($"{number}"),
        { Share: { } share } => ShareText.Write(share),
        _ => "all",
    };
}
