namespace FailoverSim.Kernel.Signals;

/// <summary>Who follows what, by the number of what is followed: all in one array, so that to look somebody up is to read it.</summary>
internal sealed class Followers<T>
{
    private readonly int[] _first;
    private readonly T[] _all;

    /// <param name="count">Numbers that can be followed.</param>
    /// <param name="pairs">Followers of one number keep their order.</param>
    public Followers(int count, IEnumerable<(int Followed, T Follower)> pairs)
    {
        (int Followed, T Follower)[] sorted = [.. pairs.OrderBy(pair => pair.Followed)];
        _all = [.. sorted.Select(pair => pair.Follower)];
        _first = new int[count + 1];
        foreach ((int followed, _) in sorted)
        {
            _first[followed + 1]++;
        }
        for (int i = 0; i < count; i++)
        {
            _first[i + 1] += _first[i];
        }
    }

    public ReadOnlySpan<T> this[int followed] => _all.AsSpan(_first[followed].._first[followed + 1]);
}
