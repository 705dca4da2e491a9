using FailoverSim.Kernel.Results;

namespace FailoverSim.Kernel.Observation;

/// <summary>Follows an objective through the windows of a replication.</summary>
internal interface IObjectiveRecorder
{
    /// <summary>The longest outage that starts in a window; null where outages are not told.</summary>
    long? LongestOutage { get; }

    /// <summary>The horizon has ended.</summary>
    /// <param name="parts">Gets the down time in tenths of windows, ascending, those with any.</param>
    /// <returns>Windows met; of rolling windows, nanoseconds.</returns>
    long Finish(RaggedList<WindowPart> parts);
}

/// <summary>What a row says of the objectives, those of its own service at their places.</summary>
internal readonly record struct ObjectiveColumns(
    IReadOnlyList<long?> Met, IReadOnlyList<long?> LongestOutages, RaggedList<WindowPart> Parts)
{
    /// <summary>Closes the accounts of a service.</summary>
    public static ObjectiveColumns Of(in RowFrame frame, IReadOnlyList<IObjectiveRecorder> objectives)
    {
        if (frame.SloCount == 0)
        {
            return new ObjectiveColumns([], [], ServiceRow.NoParts);
        }
        long?[] met = new long?[frame.SloCount];
        long?[] longest = new long?[frame.SloCount];
        RaggedList<WindowPart> parts = frame.Parts;
        parts.Clear();
        for (int slo = 0; slo < frame.SloCount; slo++)
        {
            int own = slo - frame.FirstSlo;
            if (own >= 0 && own < objectives.Count)
            {
                met[slo] = objectives[own].Finish(parts);
                longest[slo] = objectives[own].LongestOutage;
            }
            parts.EndList();
        }
        return new ObjectiveColumns(met, longest, parts.Copy());
    }
}
