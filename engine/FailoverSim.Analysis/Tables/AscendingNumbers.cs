namespace FailoverSim.Analysis.Tables;

/// <summary>Ascending numbers, of which only those are held at which the distance changes: a whole run has every block, a shard every n-th.</summary>
internal sealed class AscendingNumbers
{
    private readonly List<(int First, int Step, int Position)> _runs = [];
    private int _last;

    public int Count { get; private set; }

    public void Add(int number)
    {
        if (Count > 0 && number <= _last)
        {
            throw new ArgumentException(
                number == _last ? $"Block {number} is there twice." : $"Block {number} comes after block {_last}.", nameof(number));
        }
        if (_runs.Count > 0 && _runs[^1] is var (first, step, position) && (step == 0 || number - _last == step))
        {
            _runs[^1] = (first, number - _last, position);
        }
        else
        {
            _runs.Add((number, 0, Count));
        }
        _last = number;
        Count++;
    }

    public int this[int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Count);
            (int first, int step, int start) = _runs[RunOf(position, int.MaxValue)];
            return first + (step * (position - start));
        }
    }

    /// <summary>Where a number is; null if it is not there.</summary>
    public int? PositionOf(int number)
    {
        if (Count == 0 || number < _runs[0].First || number > _last)
        {
            return null;
        }
        (int first, int step, int start) = _runs[RunOf(int.MaxValue, number)];
        int position = start + (step == 0 ? 0 : (number - first) / step);
        return position < Count && this[position] == number ? position : null;
    }

    /// <summary>The last run that begins neither behind a position nor above a number.</summary>
    private int RunOf(int position, int number)
    {
        int low = 0, high = _runs.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _runs[middle].Position <= position && _runs[middle].First <= number ? (middle, high) : (low, middle);
        }
        return low;
    }
}
