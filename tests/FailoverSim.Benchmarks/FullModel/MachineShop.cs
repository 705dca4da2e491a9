using FailoverSim.Kernel.Time;
using FailoverSim.Models.Laws;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Benchmarks.FullModel;

/// <summary>Machine repair: like units, up for Exp(1000 h), repaired in Exp(10 h) by nobody in particular.</summary>
internal static class MachineShop
{
    public const double MeanLife = 1000 * 3600.0;
    public const double MeanRepair = 10 * 3600.0;
    public const string Group = "machine";

    /// <summary>So that the service, up with 99 % of the units in the mean, is hardly ever down.</summary>
    public static int Needed(int units) => units * 95 / 100;

    /// <summary>In the mean that many events happen in it, once the shop runs.</summary>
    public static SimDuration Horizon(int units, long events) =>
        SimDuration.FromSeconds(events * (MeanLife + MeanRepair) / (2.0 * units));

    public static ScenarioSpec Spec(int units, SimDuration horizon, ulong seed, bool exhaustive = false) => new()
    {
        Name = "machine-shop",
        Units =
        [
            new UnitSpec
            {
                Name = Group,
                Count = units,
                Fails = new Exponential(MeanLife),
                Modes = [new ModeSpec(Group, 1, FoundBy.AtOnce, new RepairSpec(new Exponential(MeanRepair), [], null))],
            },
        ],
        Services = [new ServiceSpec("shop", new UpWhen.Copies(Group, Needed(units)))],
        Run = new RunSpec { Horizon = horizon, Replications = 1, Seed = seed, Exhaustive = exhaustive },
    };
}
