using FailoverSim.Analysis.Estimates;
using FailoverSim.Scenario.Specification;

namespace FailoverSim.Analysis.Sensitivity;

/// <summary>What one value does to one service, when it alone is made smaller and larger.</summary>
/// <param name="Factor">What is varied.</param>
/// <param name="Service">Which service.</param>
/// <param name="Low">With the lower value.</param>
/// <param name="High">With the higher value.</param>
/// <param name="Swing">Minutes a year that the service is down more with the higher value than with the lower; below zero: less.</param>
public sealed record FactorEffect(SensitivityFactor Factor, string Service, EndEffect Low, EndEffect High, Estimate Swing)
{
    /// <summary>By which effects are sorted.</summary>
    public double Size => Math.Abs(Swing.Value ?? 0);
}

/// <param name="DownTime">Minutes a year, by itself.</param>
/// <param name="Difference">Minutes a year more (or, below zero, less) than as written: pair by pair, with the same luck.</param>
public sealed record EndEffect(Estimate DownTime, Estimate Difference);

/// <summary>One service and all that was varied.</summary>
/// <param name="Service">Which service.</param>
/// <param name="DownTime">Minutes a year as written.</param>
/// <param name="Effects">The largest swing first; alike ones in the order of the file.</param>
/// <param name="Family">How many values were varied: so many swings, and twice as many differences, hold jointly.</param>
public sealed record Tornado(string Service, Estimate DownTime, IReadOnlyList<FactorEffect> Effects, int Family);
