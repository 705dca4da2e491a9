using System.Collections.Immutable;
using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Units;

/// <summary>What the units of a group drive.</summary>
/// <param name="Working">Per unit: it does its work.</param>
/// <param name="Coming">Per unit: it works, or is being switched in. What a service lacks of these does not come back unaided.</param>
/// <param name="Sound">Per unit: it works, or stands by and would. What a service has of these is its margin.</param>
/// <remarks>Where nothing stands by, all three are the same signals.</remarks>
public sealed record UnitSignals(
    ImmutableArray<Signal> Working, ImmutableArray<Signal> Coming, ImmutableArray<Signal> Sound)
{
    /// <param name="builder">The model to join.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="needed">How many run at t = 0; null without standby.</param>
    public static UnitSignals Declare(ModelBuilder builder, string group, int count, int? needed)
    {
        ImmutableArray<Signal> working = Conditions("working", needed ?? count);
        return needed is null
            ? new UnitSignals(working, working, working)
            : new UnitSignals(working, Conditions("coming", needed.Value), Conditions("sound", count));

        ImmutableArray<Signal> Conditions(string what, int initially) =>
            [.. Enumerable.Range(0, count).Select(slot => builder.Condition($"{EntityName(group, slot)}.{what}", slot < initially))];
    }

    internal static string EntityName(string group, int slot) => $"{group}-{slot + 1}";
}
