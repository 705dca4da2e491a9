using FailoverSim.Kernel;
using FailoverSim.Kernel.Signals;

namespace FailoverSim.Models.Cluster;

/// <summary>How a condition was last driven, so that it is driven again only when that changes; up at first.</summary>
internal struct Shown
{
    private bool _isDown;
    private int _stage;

    /// <summary>Drives the condition, or tells that it waits for something else.</summary>
    /// <returns>Whether it is down and its stage is news.</returns>
    public bool Show(Simulation simulation, Signal condition, bool value, int stage)
    {
        bool falls = !value && !_isDown;
        bool restaged = !value && _isDown && stage != _stage;
        if (value == _isDown)
        {
            simulation.Drive(condition, value, stage);
        }
        else if (restaged)
        {
            simulation.SetStage(condition, stage);
        }
        _isDown = !value;
        _stage = stage;
        return falls || restaged;
    }
}
