using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Units;

/// <summary>What the units of a group drive.</summary>
/// <param name="Working">Per unit: it does its work.</param>
/// <param name="Sound">Per unit: it works, or stands by and would; the same signals where nothing stands by.</param>
public sealed record UnitSignals(ImmutableArray<Signal> Working, ImmutableArray<Signal> Sound)
{
    /// <param name="builder">The model to join.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="needed">How many run at t = 0; null without standby.</param>
    public static UnitSignals Declare(ModelBuilder builder, string group, int count, int? needed)
    {
        ImmutableArray<Signal> working = [.. Enumerable.Range(0, count)
            .Select(slot => builder.Condition($"{EntityName(group, slot)}.working", slot < (needed ?? count)))];
        return needed is null
            ? new UnitSignals(working, working)
            : new UnitSignals(working, [.. Enumerable.Range(0, count)
                .Select(slot => builder.Condition($"{EntityName(group, slot)}.sound"))]);
    }

    internal static string EntityName(string group, int slot) => $"{group}-{slot + 1}";
}
