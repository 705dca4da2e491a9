using FailoverSim.Scenario.Diagnostics;

namespace FailoverSim.Scenario.Values;

/// <summary>The arguments between the brackets of a law: separated by blanks, <c>=</c> binds.</summary>
internal sealed class LawArguments
{
    private readonly List<Argument> _arguments = [];
    private readonly string _law;
    private readonly string _usage;
    private readonly FieldContext _field;

    private sealed record Argument(string? Name, int Index, TextCursor Value)
    {
        public bool Used { get; set; }
    }

    /// <summary>Reads up to the closing bracket; the cursor stands behind the opening one.</summary>
    public LawArguments(TextCursor cursor, string law, int opened, string usage, FieldContext field)
    {
        (_law, _usage, _field, Opened) = (law, usage, field, opened);
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.TryTake(")"))
            {
                return;
            }
            if (cursor.AtEnd)
            {
                cursor.Index = opened;
                throw cursor.Fault(Codes.BadLaw, "this bracket is never closed", $"write {usage}");
            }
            if (cursor.Current == ',')
            {
                throw cursor.Fault(Codes.BadLaw, "arguments of laws are separated by blanks, not commas",
                    $"write {usage}");
            }
            Take(cursor);
        }
    }

    /// <summary>Place of the opening bracket.</summary>
    public int Opened { get; }

    public bool Has(string name) => _arguments.Exists(argument => argument.Name == name);

    /// <summary>The only quantile argument (<c>p95=</c>) with its probability; null if there is none.</summary>
    public string? QuantileName => _arguments.Find(argument => argument.Name is ['p', >= '0' and <= '9', ..])?.Name;

    public decimal Duration(string name)
    {
        var argument = Find(name);
        decimal nanoseconds = _field.Measure.Read(argument.Value, _field, blanks: false);
        Finish(argument);
        return nanoseconds;
    }

    public decimal PositiveDuration(string name)
    {
        decimal nanoseconds = Duration(name);
        return nanoseconds > 0 ? nanoseconds : throw Impossible(name, $"'{name}' must be {_field.Measure.AboveZero}");
    }

    public decimal Number(string name, decimal min, decimal max)
    {
        var argument = Find(name);
        decimal number = NumberText.Read(argument.Value, _field, $"write {_usage}");
        Finish(argument);
        return number >= min && number <= max
            ? number
            : throw Impossible(name, $"'{name}' must lie from {NumberText.Write(min)} to {NumberText.Write(max)}");
    }

    /// <summary>An unnamed argument as text.</summary>
    public (string Text, int Index) Word(int position)
    {
        var argument = Positional(position);
        argument.Used = true;
        return (argument.Value.Rest, argument.Index);
    }

    public decimal Duration(int position)
    {
        var argument = Positional(position);
        decimal nanoseconds = _field.Measure.Read(argument.Value, _field, blanks: false);
        Finish(argument);
        return nanoseconds;
    }

    /// <summary>The probability of a quantile such as p95, as an exact fraction.</summary>
    public decimal Probability(string quantile)
    {
        var cursor = new TextCursor(quantile) { Index = 1 };
        decimal percent = NumberText.Read(cursor, _field, $"write {_usage}");
        return percent is > 50 and < 100 && cursor.AtEnd
            ? percent / 100
            : throw new BadValueException(Find(quantile)
                .Index, Codes.LawArguments, $"'{quantile}' is not a quantile above the median", $"write {_usage}");
    }

    /// <summary>Every argument must have been asked for.</summary>
    public void RejectOthers(params string[] known)
    {
        if (_arguments.Find(argument => !argument.Used) is not { } extra)
        {
            return;
        }
        throw extra.Name is { } name
            ? new BadValueException(extra.Index, Codes.LawArguments,
                $"{_law} does not take '{ValueKind.Shown(name)}' here",
                Suggestion.Nearest(name, known.Where(other => other != name)) is { } near ? $"did you mean '{near}'?"
                    : $"write {_usage}")
            : new BadValueException(extra.Index, Codes.LawArguments,
                $"'{ValueKind.Shown(extra.Value.Rest)}' is one argument too many for {_law}", $"write {_usage}");
    }

    /// <summary>Points at a named argument, or at the bracket where it has no name.</summary>
    public BadValueException Impossible(string? name, string message) =>
        new(_arguments.Find(argument => argument.Name == name && name is not null)?.Index ?? Opened
            + 1, Codes.LawImpossible, message, $"write {_usage}");

    private void Take(TextCursor cursor)
    {
        int start = cursor.Index;
        var token = cursor.TakeWhile(c => c is not (' ' or '\t' or '\n' or ')' or ','));
        int equals = token.IndexOf('=', StringComparison.Ordinal);
        if (equals == 0 || equals == token.Length - 1 && equals >= 0)
        {
            cursor.Index = start + equals;
            throw cursor.Fault(Codes.BadLaw, "a blank stands beside '='", $"write {_usage}");
        }
        var name = equals > 0 ? token[..equals] : null;
        if (name is not null && Has(name))
        {
            cursor.Index = start;
            throw cursor.Fault(Codes.LawArguments, $"'{ValueKind.Shown(name)}' is given twice", $"write {_usage}");
        }
        _arguments.Add(new Argument(name, start, cursor.Part(start + equals + 1, cursor.Index)));
    }

    private Argument Find(string name)
    {
        if (_arguments.Find(argument => argument.Name == name) is { } found)
        {
            return found;
        }
        // A misspelt argument is a better thing to point at than the bracket.
        RejectMisspelt(name);
        throw new BadValueException(Opened, Codes.LawArguments, $"{_law} has no '{name}'", $"write {_usage}");
    }

    private void RejectMisspelt(string name)
    {
        var misspelt = _arguments.Find(argument =>
            argument is { Used: false, Name: not null } && Suggestion.Nearest(argument.Name, [name]) is not null);
        if (misspelt is not null)
        {
            throw new BadValueException(misspelt.Index, Codes.LawArguments,
                $"{_law} does not take '{ValueKind.Shown(misspelt.Name!)}'", $"did you mean '{name}'?");
        }
    }

    private Argument Positional(int position)
    {
        var unnamed = _arguments.Where(argument => argument.Name is null).ToList();
        return position < unnamed.Count
            ? unnamed[position]
            : throw new BadValueException(Opened, Codes.LawArguments, $"{_law} needs another argument",
                $"write {_usage}");
    }

    private void Finish(Argument argument)
    {
        argument.Used = true;
        if (!argument.Value.AtEnd)
        {
            throw argument.Value.Fault(Codes.BadLaw, $"'{ValueKind.Shown(argument.Value.Rest)}' is left over",
                $"write {_usage}");
        }
    }
}
