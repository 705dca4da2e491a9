using FailoverSim.Library;
using FailoverSim.Reporting.Figures;

namespace FailoverSim.Tests.Notebooks;

/// <summary>What a notebook's kernel has beside the language: what is shown is kept.</summary>
public sealed class Kernel
{
    internal List<object> Shown { get; } = [];

    public void display(object shown)
    {
        if (shown is not (string or Table or Figure))
        {
            throw new ArgumentException($"A {shown.GetType().Name} is not shown alike in a notebook and on a terminal.", nameof(shown));
        }
        Shown.Add(shown);
    }
}
