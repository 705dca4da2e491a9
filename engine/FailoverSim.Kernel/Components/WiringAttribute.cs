namespace FailoverSim.Kernel.Components;

/// <summary>Marks a collection that is filled while the model is built and never changes afterwards: it is not state.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WiringAttribute : Attribute;
