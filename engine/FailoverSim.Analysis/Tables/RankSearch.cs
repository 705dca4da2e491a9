namespace FailoverSim.Analysis.Tables;

/// <summary>
/// Finds order statistics of integers that are shown again and again and never held. Within the bounds that a wanted one is known to lie
/// between, values are kept as long as there is room for them, and else counted in as many narrower parts, one of which are the bounds of the
/// next pass [Munro &amp; Paterson 80]. Equal values end the search at once, so passes are few whatever the values are.
/// </summary>
internal sealed class RankSearch
{
    /// <summary>Values or counts held in all: 512 kB.</summary>
    private const int Room = 1 << 16;

    /// <summary>For each pair of bounds, however many there are: five bits narrower in each pass, of 63 at most.</summary>
    private const int LeastRoom = 32;

    private readonly int _room;
    private readonly Dictionary<long, long> _found = [];
    private Bounds[] _open = [];
    private long[] _lows = [];

    /// <param name="wanted">Ranks (from 1, ascending), each with bounds of its value and how many values are below them. Bounds are equal or apart.</param>
    /// <param name="room">Values or counts to be held in all.</param>
    public RankSearch(IEnumerable<(long Rank, long Low, long High, long Below)> wanted, int room = Room)
    {
        _room = room;
        Open(wanted);
    }

    /// <summary>By rank, as far as they are known.</summary>
    public IReadOnlyDictionary<long, long> Found => _found;

    /// <summary>Whether nothing has to be shown any more.</summary>
    public bool IsDone => _open.Length == 0;

    /// <summary>To be shown every value in each pass, in any order.</summary>
    public void See(long value)
    {
        int place = Array.BinarySearch(_lows, value);
        place = place < 0 ? ~place - 1 : place;
        if (place >= 0 && value <= _open[place].High)
        {
            _open[place].See(value);
        }
    }

    /// <summary>All values have been shown.</summary>
    public void EndPass() => Open([.. _open.SelectMany(bounds => bounds.Narrowed(_found))]);

    private void Open(IEnumerable<(long Rank, long Low, long High, long Below)> wanted)
    {
        var bounds = wanted.GroupBy(one => (one.Low, one.High, one.Below), one => one.Rank).OrderBy(group => group.Key.Low).ToList();
        int each = Math.Max(LeastRoom, _room / Math.Max(1, bounds.Count));
        _open = [.. bounds.Select(group => new Bounds(group.Key, [.. group], each))];
        _lows = [.. _open.Select(one => one.Low)];
    }

    private sealed class Bounds((long Low, long High, long Below) of, long[] ranks, int room)
    {
        /// <summary>Of the parts in which values are counted.</summary>
        private readonly long _width = ((of.High - of.Low) / room) + 1;

        private List<long>? _values = [];
        private long[] _counts = [];
        private long _least = long.MaxValue;
        private long _most = long.MinValue;

        public long Low => of.Low;

        public long High => of.High;

        public void See(long value)
        {
            (_least, _most) = (Math.Min(_least, value), Math.Max(_most, value));
            if (_values is null)
            {
                _counts[(value - of.Low) / _width]++;
                return;
            }
            _values.Add(value);
            if (_values.Count > room)
            {
                _counts = new long[room];
                foreach (long one in _values)
                {
                    _counts[(one - of.Low) / _width]++;
                }
                _values = null;
            }
        }

        /// <summary>What is found goes to the others; of the rest the bounds for the next pass.</summary>
        public IEnumerable<(long Rank, long Low, long High, long Below)> Narrowed(Dictionary<long, long> found)
        {
            _values?.Sort();
            foreach (long rank in ranks)
            {
                if (_values is not null || _least == _most)
                {
                    found[rank] = _values?[(int)(rank - of.Below - 1)] ?? _least;
                    continue;
                }
                long below = of.Below;
                int part = 0;
                for (; below + _counts[part] < rank; part++)
                {
                    below += _counts[part];
                }
                long low = of.Low + (part * _width);
                yield return (rank, low, low + Math.Min(_width - 1, of.High - low), below);
            }
        }
    }
}
