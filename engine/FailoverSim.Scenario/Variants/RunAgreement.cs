using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Specification;
using FailoverSim.Scenario.Values;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Variants;

/// <summary>
/// What a variant must share with what it is compared with: replications are compared one by one, so each must be observed for the same
/// time from the same instant of the calendar on.
/// </summary>
internal static class RunAgreement
{
    /// <summary>Keys of <c>run</c> that say how many replications there are, and of what luck: the base says it for all.</summary>
    public static readonly IReadOnlyList<string> OfTheBase =
        [RunKeys.Seed.Name, RunKeys.Replications.Name, RunKeys.StopWhen.Name, RunKeys.GiveUpAfter.Name];

    /// <summary>Whether the two agree; tells where they do not.</summary>
    /// <param name="baseline">What is compared with.</param>
    /// <param name="variant">What is compared.</param>
    /// <param name="subject">How the variant is called: <c>variant 'six'</c>.</param>
    /// <param name="markOf">Where the variant says what a key of <c>run</c> is.</param>
    /// <param name="bag">Takes the findings.</param>
    public static bool Check(RunSpec baseline, RunSpec variant, string subject, Func<Key, Mark> markOf, DiagnosticBag bag)
    {
        bool agrees = true;
        Compare(RunKeys.Horizon, DurationText.Write(baseline.Horizon), DurationText.Write(variant.Horizon));
        Compare(RunKeys.WarmUp, DurationText.Write(baseline.WarmUp), DurationText.Write(variant.WarmUp));
        Compare(RunKeys.Start, new InstantKind().Write(baseline.Start), new InstantKind().Write(variant.Start));
        return agrees;

        void Compare(Key key, string wanted, string found)
        {
            if (wanted != found)
            {
                agrees = false;
                bag.Error(markOf(key), Codes.OtherObservation,
                    $"{subject} has the {key.Name} {found}, and what it is compared with {wanted}: their replications are no pairs",
                    $"write 'run.{key.Name}: {wanted}' for it");
            }
        }
    }
}
