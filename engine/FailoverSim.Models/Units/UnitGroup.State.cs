using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Units;

/// <content>What the future of a unit depends on, and when like units can be exchanged.</content>
public sealed partial class UnitGroup
{
    /// <inheritdoc/>
    public void EncodeJob(int slot, StateWriter writer)
    {
        if (!SlotsAreSymmetric || writer.TellsAllApart)
        {
            writer.Add(slot);
        }
        Simulation.Encode(this, slot, writer);
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        ref readonly UnitState unit = ref _units[slot];
        writer.Add((long)unit.Phase);
        writer.Add(unit.IsHealthy ? -1 : unit.Mode);
        for (int holder = 0; holder < _options.Holders; holder++)
        {
            writer.Add(_holds[(slot * _options.Holders) + holder].IsNone ? 0L : 1L);
        }
        if (!_isPlain)
        {
            writer.Add((long)_workshop.CrewOf(_firstJob + slot));
            writer.Add((long)_workshop.RankOf(_firstJob + slot));
        }
        writer.Add(unit.Undetected ? 1L : 0L);
        if (_options.Standby is not null)
        {
            // One that is called when it has failed already counts as coming, one that fails on its way does not.
            writer.Add(Simulation.Signals[_coming[slot]] ? 1L : 0L);
        }
    }

    /// <remarks>Those that break at one instant queue by number, which tells them apart if some of them are held besides.</remarks>
    protected override bool SlotsAreSymmetric => IsIndifferent && (_options.Holders == 0 || !_options.BreakTogether);
}
