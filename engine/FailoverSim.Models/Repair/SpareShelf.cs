using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Randomness;

namespace FailoverSim.Models.Repair;

/// <summary>Parts of one kind: when stock plus orders is at or below a level, one order refills to the full stock.</summary>
/// <remarks>Every order is for at least one part and orders never exceed the stock, so there are at most that many at a time.</remarks>
public sealed class SpareShelf : Component
{
    private static readonly Purpose Delivery = Purpose.Named("delivery");

    private readonly int _stock;
    private readonly int _reorderAt;
    private readonly LawId _delivery;
    private readonly Action _arrived;
    private readonly State<Shelf> _shelf;
    private readonly State<int> _orders;

    /// <param name="builder">The model to join.</param>
    /// <param name="options">What can be set.</param>
    /// <param name="arrived">Called when the shelf is no longer empty.</param>
    public SpareShelf(ModelBuilder builder, SpareOptions options, Action arrived)
        : base(builder, $"spares/{options.Name}", options.Stock, 1)
    {
        _stock = options.Stock;
        _reorderAt = options.ReorderAt;
        _delivery = builder.Law(options.Delivery);
        _arrived = arrived;
        _shelf = NewState<Shelf>(1);
        _orders = NewState<int>(options.Stock);
    }

    public bool IsEmpty => _shelf[0].OnHand == 0;

    /// <summary>The first slot draws for all: its name, and so its luck, is the same whatever the stock.</summary>
    public override string EntityName(int slot) => slot == 0 ? Name : $"{Name}/{slot + 1}";

    public void Take()
    {
        ref Shelf shelf = ref _shelf[0];
        shelf.OnHand--;
        if (shelf.OnHand + shelf.OnOrder <= _reorderAt)
        {
            int order = 0;
            while (_orders[order] > 0)
            {
                order++;
            }
            _orders[order] = _stock - shelf.OnHand - shelf.OnOrder;
            shelf.OnOrder = _stock - shelf.OnHand;
            StartClock(order, 0, _delivery, Draw(0, _delivery, Delivery, shelf.OrdersPlaced++));
        }
    }

    protected override void Start() => _shelf[0].OnHand = _stock;

    protected override void OnTimer(int slot, int timer)
    {
        ref Shelf shelf = ref _shelf[0];
        bool wasEmpty = IsEmpty;
        shelf.OnHand += _orders[slot];
        shelf.OnOrder -= _orders[slot];
        _orders[slot] = 0;
        if (wasEmpty)
        {
            _arrived();
        }
    }

    protected override void Encode(int slot, StateWriter writer)
    {
        writer.Add(_orders[slot]);
        // The stock is everybody's, so that it makes no difference in which slot an order stands.
        writer.Add(_shelf[0].OnHand);
    }

    private struct Shelf
    {
        public int OnHand;
        public int OnOrder;
        public int OrdersPlaced;
    }
}
