namespace FailoverSim.Scenario.Specification;

/// <summary>The expression of <c>up-when</c>: monotone, without negation.</summary>
public abstract record UpWhen
{
    /// <summary>At least <paramref name="Needed"/> of the copies of a group; a bare name means all of them.</summary>
    public sealed record Copies(string Unit, int Needed) : UpWhen;

    /// <summary>At least <paramref name="Needed"/> of the parts: <c>and</c> needs all, <c>or</c> one, <c>K of (A, B,
    /// C)</c> K.</summary>
    public sealed record AtLeast(int Needed, IReadOnlyList<UpWhen> Parts) : UpWhen;
}
