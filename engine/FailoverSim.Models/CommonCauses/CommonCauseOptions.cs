using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.CommonCauses;

/// <summary>One kind of event that hits many units at once.</summary>
/// <param name="Name">Unique; down time is charged to it.</param>
/// <param name="Every">Time from t = 0, or from the end of one event, to the next.</param>
/// <param name="HitsLow">Least share of the units, above 0.</param>
/// <param name="HitsHigh">Greatest share, at most 1; drawn uniformly once per event.</param>
/// <param name="Lasts">How long the units are held down; null: they break.</param>
public sealed record CommonCauseOptions(string Name, Law Every, double HitsLow, double HitsHigh, Law? Lasts);
