using FailoverSim.Kernel.Results;
using FailoverSim.Kernel.Signals;
using FailoverSim.Kernel.Time;

namespace FailoverSim.Analysis.Timeline;

/// <summary>The faults that came last. Which fault it is and of what kind is known of all of them; when an older one came, and to whom, is not.</summary>
/// <param name="names">The names behind kinds.</param>
/// <param name="most">How many are remembered.</param>
/// <param name="forever">Numbers of those that are never forgotten.</param>
internal sealed class FaultMemory(ResultNames names, int most, IReadOnlySet<long> forever)
{
    private readonly Dictionary<long, Occurrence> _known = [];

    /// <summary>How many are remembered now.</summary>
    public int Count => _known.Count;

    public Occurrence Add(SimTime time, Cause cause, string entity)
    {
        Occurrence occurrence = _known[cause.Number] = New(cause, time, entity);
        if (!forever.Contains(cause.Number - most))
        {
            _known.Remove(cause.Number - most);
        }
        return occurrence;
    }

    /// <summary>The occurrence behind a cause, <see cref="Occurrence.IsForgotten"/> if it is too old; null: no cause.</summary>
    public Occurrence? Of(Cause cause) =>
        cause.IsNone ? null : _known.GetValueOrDefault(cause.Number) ?? New(cause, SimTime.Never, "");

    /// <summary>Tells a forgotten one what it was.</summary>
    public void Remind(Occurrence forgotten) =>
        (forgotten.Instant, forgotten.Entity) = (_known[forgotten.Number].Instant, _known[forgotten.Number].Entity);

    private Occurrence New(Cause cause, SimTime time, string entity) =>
        new() { Number = cause.Number, Cause = names.Causes[cause.Kind], Instant = time, Entity = entity };
}
