using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>Turns <c>up-when</c> into gates over the units' signals.</summary>
internal static class ExpressionGates
{
    public static Signal Build(ModelBuilder builder, string name, UpWhen expression, Func<string, ImmutableArray<Signal>> signalsOf)
    {
        switch (expression)
        {
            case UpWhen.Copies copies:
                ImmutableArray<Signal> signals = signalsOf(copies.Unit);
                return signals.Length == 1 ? signals[0] : builder.Gate(name, copies.Needed, [.. signals]);
            case UpWhen.AtLeast atLeast:
                Signal[] parts = [.. atLeast.Parts.Select((part, i) => Build(builder, $"{name}.{i + 1}", part, signalsOf))];
                return parts.Length == 1 ? parts[0] : builder.Gate(name, atLeast.Needed, parts);
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown kind of expression.");
        }
    }

    /// <summary>The groups that an expression depends on.</summary>
    public static IEnumerable<string> UnitsOf(UpWhen expression) => expression switch
    {
        UpWhen.Copies copies => [copies.Unit],
        UpWhen.AtLeast atLeast => atLeast.Parts.SelectMany(UnitsOf).Distinct(StringComparer.Ordinal),
        _ => [],
    };
}
