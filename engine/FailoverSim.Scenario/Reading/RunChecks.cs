using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Checks of the run and of what is required of services.</summary>
internal sealed class RunChecks(BoundMapping file, ScenarioNames names, DiagnosticBag bag)
{
    private readonly BoundMapping? _run = file.Child(ScenarioKeys.Run);

    public void Check()
    {
        if (_run is not null)
        {
            CheckLength(_run);
            CheckStopping(_run);
        }
        foreach (var slo in file.Named(ScenarioKeys.Slo))
        {
            CheckSlo(slo);
        }
    }

    private void CheckLength(BoundMapping run)
    {
        if (run.TryGet(RunKeys.Horizon, out var horizon) && run.TryGet(RunKeys.WarmUp, out var warmUp)
            && (decimal)horizon.Nanoseconds + warmUp.Nanoseconds > DurationText.ClockNanoseconds)
        {
            bag.Error(run.Scalar(RunKeys.Horizon)!.Mark.IsDefault ? run.Scalar(RunKeys.WarmUp)!.Mark
                : run.Scalar(RunKeys.Horizon)!.Mark, Codes.RunTooLong,
                $"warm-up and horizon exceed the simulated clock of {DurationText.ClockYears} y",
                    "shorten one and run more replications");
        }
    }

    private void CheckStopping(BoundMapping run)
    {
        if (run.IsWritten(RunKeys.StopWhen) && run.IsWritten(RunKeys.Replications))
        {
            bag.Error(run.KeyMark(RunKeys.Replications), Codes.KeysExclude,
                "'run' has both 'replications' and 'stop-when'",
                "keep one; 'give-up-after: {replications: N}' limits 'stop-when'");
        }
        if (!run.TryGet(RunKeys.StopWhen, out var rule))
        {
            return;
        }
        var source = run.Scalar(RunKeys.StopWhen)!.Source;
        names.CheckReferences([.. rule.Services.Select(service =>
            new Located<string>(service.Name, source.At(service.Index)))], "service", names.Services);
    }

    private void CheckSlo(NamedItem slo)
    {
        if (slo.Value.TryGet(ServiceKeys.Service, out var service))
        {
            names.CheckReference(slo.Value.Scalar(ServiceKeys.Service)!.Mark, service, "service", names.Services);
        }
        if (slo.Value.TryGet(ServiceKeys.Require, out var require))
        {
            WindowChecks.CheckLength(slo.Value.Scalar(ServiceKeys.Require)!, require.Window, _run, bag);
            CheckForm(slo, isOutage: require.Window is not null);
        }
        if (slo.Value.TryGet(ServiceKeys.Window, out var window))
        {
            new WindowChecks(_run, names, bag).Check(slo, window);
        }
    }

    private void CheckForm(NamedItem slo, bool isOutage)
    {
        foreach (var key in new Key[] { ServiceKeys.Objective, ServiceKeys.Window })
        {
            if (isOutage && slo.Value.IsWritten(key))
            {
                bag.Error(slo.Value.KeyMark(key), Codes.KeysExclude, $"'{key.Name}' does not go with 'any outage'",
                    "remove it: the window of 'any outage' stands behind 'in'");
            }
            else if (!isOutage && !slo.Value.Has(key))
            {
                bag.Error(slo.Mark, Codes.MissingKey, $"'{slo.Name}' has no '{key.Name}'",
                    $"add '{key.Name}: {((ScalarShape)key.Shape).Kind.Example}'");
            }
        }
    }
}
