using FailoverSim.Kernel;
using FailoverSim.Kernel.Components;
using FailoverSim.Kernel.Levels;

namespace FailoverSim.Models.Networking;

/// <content>Shares that follow from those of a workload: of lookups that are sent again, and of requests that need a name first.</content>
public sealed partial class EndpointShares
{
    /// <summary>What has been declared beside the plain share, by workload; null: nothing.</summary>
    [Wiring]
    private readonly List<Derived>?[] _derived;

    /// <summary>Those of them that need a name.</summary>
    [Wiring]
    private readonly List<(int Workload, Level Level)> _named = [];

    /// <summary>Parts of the requests whose client cannot find out where to send them.</summary>
    private readonly State<int> _withoutName;

    /// <summary>Workload whose lookups decide how many requests have a name, −1 for none, and how often each is sent.</summary>
    [Wiring]
    private (int Workload, int Tries) _names = (-1, 1);

    /// <summary>
    /// The share of a workload's requests that are answered at one of so many tries, each by whichever pod it is led to from the same node:
    /// lookups of a resolver, whose every try is a new flow. Only while the model is built.
    /// </summary>
    public Level AnsweredWithin(ModelBuilder builder, int workload, int tries) => Add(workload, new Derived(builder.Level(), tries, NeedsName: false));

    /// <summary>The share of a workload's requests whose client has its address, and that are answered; only while the model is built.</summary>
    public Level AnsweredByName(ModelBuilder builder, int workload)
    {
        Level level = Add(workload, new Derived(builder.Level(), 1, NeedsName: true));
        _named.Add((workload, level));
        return level;
    }

    /// <summary>Every request needs a lookup of its own, which a workload answers; only while the model is built.</summary>
    public void NamesComeFrom(int workload, int tries) => _names = (workload, tries);

    /// <summary>So many parts of the clients have the addresses that they need.</summary>
    public void SetNamed(int parts)
    {
        _withoutName[0] = Level.Whole - parts;
        ShowNamed();
    }

    private Level Add(int workload, Derived derived)
    {
        (_derived[workload] ??= []).Add(derived);
        return derived.Level;
    }

    private void ShowDerived(int workload, List<Derived> derived)
    {
        foreach (Derived each in derived)
        {
            Simulation.SetLevel(each.Level, each.NeedsName ? NamedParts(workload) : Rounded(ShareWithin(workload, each.Tries)));
        }
        if (workload == _names.Workload)
        {
            ShowNamed();
        }
    }

    private void ShowNamed()
    {
        foreach ((int workload, Level level) in _named)
        {
            Simulation.SetLevel(level, NamedParts(workload));
        }
    }

    /// <summary>Lookup and request are taken for independent: the nodes that still have rules of a dead kube-proxy are the same for both.</summary>
    private int NamedParts(int workload)
    {
        int named = _names.Workload >= 0 ? Rounded(ShareWithin(_names.Workload, _names.Tries)) : Level.Whole - _withoutName[0];
        return (int)((((2L * Parts(workload) * named) / Level.Whole) + 1) / 2);
    }

    private double ShareWithin(int workload, int tries) => _proxies is null || _outdated[workload] == 0
        ? _endpoints[workload].Share(_workloads.Options[workload].Replicas, tries)
        : MixedShare(workload, tries);

    private readonly record struct Derived(Level Level, int Tries, bool NeedsName);
}
