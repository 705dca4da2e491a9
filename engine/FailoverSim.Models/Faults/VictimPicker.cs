using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Faults;

/// <summary>Says of one victim after the other whether an occurrence strikes it; asked again, it says the same.</summary>
internal ref struct VictimPicker
{
    private readonly int _choice;
    private readonly bool _isRole;
    private Draws _draws;
    private int _left;
    private int _wanted;

    /// <param name="choice">The holder of a role; of a link, 0 for both ways, 1 for there, 2 for back.</param>
    /// <param name="isRole">Whether victims are the possible holders of a role.</param>
    public VictimPicker(int choice, bool isRole)
    {
        _choice = choice;
        _isRole = isRole;
    }

    /// <summary>A share of the victims, to the nearest whole number, half up, at least 1: each set of that size is equally likely.</summary>
    /// <remarks>Selection sampling: Knuth, The Art of Computer Programming, vol. 2, 3.4.2, algorithm S.</remarks>
    public static VictimPicker Sample(Draws draws, double share, int victims) => new(0, isRole: false)
    {
        _draws = draws,
        _left = victims,
        _wanted = Math.Clamp((int)Math.Floor((share * victims) + 0.5), 1, victims),
    };

    /// <summary>To be asked in the order of the victims.</summary>
    public bool Includes(int victim)
    {
        if (_left == 0)
        {
            return _isRole ? victim == _choice : _choice == 0 || victim % 2 == _choice - 1;
        }
        bool hit = _draws.NextUniform() * _left < _wanted;
        _left--;
        _wanted -= hit ? 1 : 0;
        return hit;
    }
}
