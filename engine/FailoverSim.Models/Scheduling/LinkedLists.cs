using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;

namespace FailoverSim.Models.Scheduling;

/// <summary>Lists of numbered items, first in first out; an item is in one of them at most and can leave from anywhere.</summary>
/// <remarks>Numbers are kept one too high, so that zeroes mean empty lists.</remarks>
internal sealed class LinkedLists
{
    private readonly State<Link> _items;
    private readonly State<Ends> _lists;

    public LinkedLists(ModelBuilder builder, int items, int lists)
    {
        _items = new State<Link>(items);
        _lists = new State<Ends>(lists);
        builder.Register(_items);
        builder.Register(_lists);
    }

    public int Count(int list) => _lists[list].Count;

    /// <summary>−1 if the list is empty.</summary>
    public int First(int list) => _lists[list].First - 1;

    /// <summary>The next one in the same list, −1 for none; to be asked for before the item leaves.</summary>
    public int Next(int item) => _items[item].Next - 1;

    /// <summary>The list that an item is in, −1 for none.</summary>
    public int ListOf(int item) => _items[item].List - 1;

    /// <summary>Appends an item that is in no list.</summary>
    public void Add(int list, int item)
    {
        ref Ends ends = ref _lists[list];
        _items[item] = new Link { List = list + 1, Previous = ends.Last };
        if (ends.Last == 0)
        {
            ends.First = item + 1;
        }
        else
        {
            _items[ends.Last - 1].Next = item + 1;
        }
        ends.Last = item + 1;
        ends.Count++;
    }

    /// <summary>Takes an item out of the list that it is in.</summary>
    public void Remove(int item)
    {
        Link link = _items[item];
        ref Ends ends = ref _lists[link.List - 1];
        ends.Count--;
        if (link.Previous == 0)
        {
            ends.First = link.Next;
        }
        else
        {
            _items[link.Previous - 1].Next = link.Next;
        }
        if (link.Next == 0)
        {
            ends.Last = link.Previous;
        }
        else
        {
            _items[link.Next - 1].Previous = link.Previous;
        }
        _items[item] = default;
    }

    private struct Link
    {
        public int Previous;
        public int Next;
        public int List;
    }

    private struct Ends
    {
        public int First;
        public int Last;
        public int Count;
    }
}
