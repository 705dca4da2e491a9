using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Units;

namespace FailoverSim.Models.CommonCauses;

/// <summary>One kind of event that hits many units at once.</summary>
/// <param name="Name">Unique; down time is charged to it.</param>
/// <param name="Every">Time from t = 0, or from the end of one event, to the next.</param>
/// <param name="HitsLow">Least share of the units, above 0.</param>
/// <param name="HitsHigh">Greatest share, at most 1; drawn uniformly once per event.</param>
/// <param name="Lasts">How long the units are held down; null: they break.</param>
public sealed record CommonCauseOptions(string Name, Law Every, double HitsLow, double HitsHigh, Law? Lasts);

/// <summary>A unit that a common cause can hit.</summary>
/// <param name="Group">Its group.</param>
/// <param name="Slot">Its place there.</param>
/// <param name="Number">
/// The number of the cause among those that hold the group's units; for a cause that breaks them the mode that it brings,
/// −1: one of the unit's own.
/// </param>
public readonly record struct CommonCauseTarget(UnitGroup Group, int Slot, int Number);
