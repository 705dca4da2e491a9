using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Language;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Reading;

/// <summary>Checks of expressions: names, numbers and circles. A name means the unit where both a unit and a service have it.</summary>
internal sealed class ServiceChecks(ScenarioNames names, DiagnosticBag bag)
{
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
            if (service.Value.Entries.Count(entry => entry.Key.Name is "up-when" or "probe" or "aggregate") != 1)
            {
                CheckOneSource(service);
            }
        }
        CheckCircles();
    }

    /// <summary>The services that an expression refers to.</summary>
    public static IEnumerable<UpWhenText.Named> ServicesIn(UpWhenText expression, ScenarioNames names) =>
        expression.Names.Where(named => names.CountOf(named.Name) is null && names.HasService(named.Name));

    private void CheckOneSource(NamedItem service)
    {
        if (service.Value.Entries.Count == 0)
        {
            bag.Error(service.Mark, Codes.MissingKey, $"'{service.Name}' has no 'up-when'", "add the units that must be up, such as 'up-when: 2 of node'");
        }
        else if (service.Value.Has(ServiceKeys.UpWhen))
        {
            bag.Error(service.Value.KeyMark(ServiceKeys.UpWhen), Codes.KeysExclude, $"'{service.Name}' has 'up-when' beside 'probe' or 'aggregate'", "keep one of them");
        }
    }

    private void CheckName(BoundScalar expression, UpWhenText.Named named)
    {
        int? count = names.CountOf(named.Name) ?? (names.HasService(named.Name) ? 1 : null);
        if (count is null)
        {
            var known = names.Units.Concat(names.Services).Select(item => item.Name).Distinct();
            bag.Error(expression.Source.At(named.NameIndex), Codes.UnknownName, $"there is no unit or service '{named.Name}'",
                Suggestion.For(named.Name, known, "define it under 'units'"));
        }
        else if (count > 0 && named.Quantity.Of(count.Value) > count)
        {
            bag.Error(expression.Source.At(named.QuantityIndex), Codes.MoreThanThereAre,
                FormattableString.Invariant($"{named.Quantity} of '{named.Name}' can never be up: there {(count == 1 ? "is" : "are")} {count}"), FormattableString.Invariant($"write at most {count}"));
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

    private void Visit(string name, List<(string Name, Queue<string> Next)> path, HashSet<string> done)
    {
        if (done.Contains(name) || ExpressionOf(name) is not { } expression)
        {
            return;
        }
        path.Add((name, new Queue<string>(ServicesIn(expression, names).Select(named => named.Name).Distinct())));
    }

    private UpWhenText? ExpressionOf(string service) =>
        names.Services.First(item => item.Name == service).Value.Optional(ServiceKeys.UpWhen);

    private void Report(IReadOnlyList<string> circle)
    {
        var first = names.Services.First(service => circle.Contains(service.Name, StringComparer.Ordinal));
        int at = circle.ToList().IndexOf(first.Name);
        string next = circle[(at + 1) % circle.Count];
        var scalar = first.Value.Scalar(ServiceKeys.UpWhen)!;
        var reference = ServicesIn((UpWhenText)scalar.Value!, names).First(named => named.Name == next);
        var walk = Enumerable.Range(0, circle.Count + 1).Select(step => circle[(at + step) % circle.Count]);
        bag.Error(scalar.Source.At(reference.NameIndex), Codes.CyclicServices, $"services refer to each other in a circle: {string.Join(" → ", walk)}", "refer to units in one of them");
    }
}
