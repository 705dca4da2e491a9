using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Checks of expressions: names, numbers and circles. A name means the unit where both a unit and a service
/// have it.</summary>
internal sealed class ServiceChecks(ScenarioNames names, DiagnosticBag bag)
{
    /// <summary>Services named in expressions are written out when the model is built; these bounds keep that
    /// small.</summary>
    public const int MostParts = 100_000;
    public const int MostLevels = 200;

    private readonly Dictionary<string, (long Parts, int Levels)> _writtenOut = new(StringComparer.Ordinal);

    public void Check()
    {
        foreach (var service in names.Services)
        {
            if (service.Value.TryGet(ServiceKeys.UpWhen, out var expression))
            {
                foreach (var named in expression.Names)
                {
                    CheckName(service.Value.Scalar(ServiceKeys.UpWhen)!, named);
                }
            }
            if (service.Value.IsKnown)
            {
                CheckOneSource(service);
            }
        }
        CheckCircles();
    }

    /// <summary>The services that an expression refers to.</summary>
    public static IEnumerable<UpWhenText.Named> ServicesIn(UpWhenText expression, ScenarioNames names) =>
        expression.Names.Where(named => names.CountOf(named.Name) is null && names.Service(named.Name) is not null);

    private void CheckOneSource(NamedItem service)
    {
        bool other = service.Value.Has(ServiceKeys.Probe) || service.Value.Has(ServiceKeys.Aggregate);
        bool upWhen = service.Value.Has(ServiceKeys.UpWhen);
        if (!upWhen && !other)
        {
            bag.Error(service.Mark, Codes.MissingKey, $"'{service.Name}' has no 'up-when' and no 'probe'",
                "add the units that must be up, such as 'up-when: 2 of node', or what is asked, such as 'probe: apiserver.write'");
        }
        else if (service.Value.IsWritten(ServiceKeys.UpWhen)
            && (service.Value.IsWritten(ServiceKeys.Probe) || service.Value.IsWritten(ServiceKeys.Aggregate)))
        {
            bag.Error(service.Value.KeyMark(ServiceKeys.UpWhen), Codes.KeysExclude,
                $"'{service.Name}' has 'up-when' beside 'probe' or 'aggregate'", "keep one of them");
        }
        else if (service.Value.IsWritten(ServiceKeys.Probe) && service.Value.IsWritten(ServiceKeys.Aggregate))
        {
            bag.Error(service.Value.KeyMark(ServiceKeys.Aggregate), Codes.KeysExclude,
                $"'{service.Name}' has both 'probe' and 'aggregate'", "keep one of them");
        }
    }

    private void CheckName(BoundScalar expression, UpWhenText.Named named)
    {
        int? count = names.CountOf(named.Name) ?? (names.Service(named.Name) is null ? null : 1);
        if (count is null && !(names.Knows(ScenarioKeys.Units) && names.Knows(ScenarioKeys.Services) && names.Knows(ScenarioKeys.Workloads)))
        {
            return;
        }
        if (count is null && names.Workloads.Any(workload => workload.Name == named.Name))
        {
            bag.Error(expression.Source.At(named.NameIndex), Codes.ProbeInExpression,
                $"'{named.Name}' is a workload, which cannot stand in an expression",
                $"write 'aggregate: all-of({named.Name})' in place of 'up-when'");
        }
        else if (count is null)
        {
            var known = names.Units.Concat(names.Services).Select(item => item.Name).Distinct();
            bag.Error(expression.Source.At(named.NameIndex), Codes.UnknownName,
                $"there is no unit or service '{named.Name}'",
                Suggestion.For(named.Name, known, "define it under 'units'"));
        }
        else if (names.CountOf(named.Name) is null && names.Service(named.Name)!.Value.IsWritten(ServiceKeys.Aggregate))
        {
            bag.Error(expression.Source.At(named.NameIndex), Codes.ProbeInExpression,
                $"'{named.Name}' is a figure over several, which cannot stand in an expression", "name units in expressions");
        }
        else if (names.CountOf(named.Name) is null && names.Service(named.Name)!.Value.IsWritten(ServiceKeys.Probe))
        {
            bag.Error(expression.Source.At(named.NameIndex), Codes.ProbeInExpression,
                $"'{named.Name}' is measured by a probe, which cannot stand in an expression", "name units in expressions");
        }
        else if (count > 0 && named.Quantity.Of(count.Value) > count)
        {
            bag.Error(expression.Source.At(named.QuantityIndex), Codes.MoreThanThereAre,
                FormattableString.Invariant(
                    $"{named.Quantity} of '{named.Name}' can never be up: there {(count == 1 ? "is" : "are")} {count}"),
                    FormattableString.Invariant($"write at most {count}"));
        }
    }

    /// <summary>Reports each circle once, at the first reference of the first service in it.</summary>
    private void CheckCircles()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in names.Services)
        {
            // Depth first without recursion: a chain may be as long as the file.
            var path = new List<(string Name, Queue<string> Next)>();
            Visit(service.Name, path, done);
            while (path.Count > 0)
            {
                var (name, next) = path[^1];
                if (next.Count == 0)
                {
                    done.Add(name);
                    CheckSize(name);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                var target = next.Dequeue();
                int inPath = path.FindIndex(step => step.Name == target);
                if (inPath >= 0)
                {
                    Report([.. path.Skip(inPath).Select(step => step.Name)]);
                }
                else
                {
                    Visit(target, path, done);
                }
            }
        }
    }

    /// <summary>Called when everything that the service refers to has been called.</summary>
    private void CheckSize(string service)
    {
        var expression = ExpressionOf(service)!;
        var inner = ServicesIn(expression, names)
            .Select(named => _writtenOut.TryGetValue(named.Name, out var size) ? size : (Parts: 1, Levels: 1)).ToList();
        long parts = expression.Names.Count() + inner.Sum(size => size.Parts);
        int levels = 1 + inner.Select(size => size.Levels).DefaultIfEmpty(0).Max();
        bool fits = parts <= MostParts && levels <= MostLevels;
        if (!fits)
        {
            var item = names.Service(service)!;
            bag.Error(item.Value.Scalar(ServiceKeys.UpWhen)!.Mark, Codes.ServicesTooLarge,
                $"'{service}' refers to services that expand to more than 100,000 parts or 200 levels",
                    "refer to units");
        }
        _writtenOut[service] = fits ? (parts, levels) : (1, 1);
    }

    private void Visit(string name, List<(string Name, Queue<string> Next)> path, HashSet<string> done)
    {
        if (done.Contains(name) || ExpressionOf(name) is not { } expression)
        {
            return;
        }
        path.Add((name, new Queue<string>(ServicesIn(expression, names).Select(named => named.Name).Distinct())));
    }

    private UpWhenText? ExpressionOf(string service) =>
        names.Service(service)?.Value.Optional(ServiceKeys.UpWhen);

    private void Report(IReadOnlyList<string> circle)
    {
        var first = names.Services.First(service => circle.Contains(service.Name, StringComparer.Ordinal));
        int at = circle.ToList().IndexOf(first.Name);
        string next = circle[(at + 1) % circle.Count];
        var scalar = first.Value.Scalar(ServiceKeys.UpWhen)!;
        var reference = ServicesIn((UpWhenText)scalar.Value!, names).First(named => named.Name == next);
        var walk = Enumerable.Range(0, circle.Count + 1).Select(step => circle[(at + step) % circle.Count]);
        bag.Error(scalar.Source.At(reference.NameIndex), Codes.CyclicServices,
            $"services refer to each other in a circle: {string.Join(" → ", walk)}", "refer to units in one of them");
    }
}
