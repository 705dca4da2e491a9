using System.Runtime.CompilerServices;

namespace FailoverSim.Models.Laws;

/// <summary>
/// Checks of constructor arguments. A scenario's values were checked before, so a failure here is a programmer's error.
/// </summary>
internal static class Require
{
    public static double Positive(
        double value, string unit, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Must be positive and finite, in {unit}.");

    public static double NonNegative(
        double value, string unit, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Must be finite and not negative, in {unit}.");

    public static double Above(
        double bound, double value, string unit, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > bound && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, Message(bound, unit));

    private static string Message(double bound, string unit) =>
        FormattableString.Invariant($"Must be finite and above {bound}, in {unit}.");
}
