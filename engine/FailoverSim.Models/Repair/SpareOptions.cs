using FailoverSim.Kernel.Laws;

namespace FailoverSim.Models.Repair;

/// <summary>Parts of one kind.</summary>
/// <param name="Name">Unique among the parts.</param>
/// <param name="Stock">Full stock, at least 1.</param>
/// <param name="ReorderAt">Level of stock plus orders that triggers an order, 0 to stock − 1.</param>
/// <param name="Delivery">Time from order to delivery.</param>
public sealed record SpareOptions(string Name, int Stock, int ReorderAt, Law Delivery);
