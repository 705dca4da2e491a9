using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;

namespace FailoverSim.Scenario.Reading;

/// <summary>One version of each product, and one catalogue of rates.</summary>
internal static class UseChecks
{
    public static void Check(BoundMapping file, DiagnosticBag bag)
    {
        if (file.Find(ScenarioKeys.Use) is not BoundRecords use)
        {
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var timers in use.Items.SelectMany(item => item.Items(UseKeys.Timers))
            .Where(timers => !seen.Add(timers.Value.Product!.Name)))
        {
            bag.Error(timers.Mark, Codes.ListedTwice, $"there is already a version of '{timers.Value.Product!.Name}'",
                "keep one of them");
        }
        foreach (var second in use.Items.Select(item => item.Scalar(UseKeys.Rates)).OfType<BoundScalar>().Skip(1))
        {
            bag.Error(second.Mark, Codes.ListedTwice, "there are already rates", "keep one of them");
        }
    }
}
