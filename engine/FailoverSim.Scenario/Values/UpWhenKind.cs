using System.Text.Json.Nodes;
using FailoverSim.Scenario.Diagnostics;
using FailoverSim.Scenario.Yaml;

namespace FailoverSim.Scenario.Values;

/// <summary>Monotone expressions: <c>K of</c> binds tightest, then <c>and</c>, then <c>or</c>.</summary>
internal sealed class UpWhenKind : ValueKind<UpWhenText>
{
    private const string Remedy = "write names joined by 'and', 'or', 'K of NAME' or 'K of (A, B)'";

    public static readonly string[] ReservedWords = ["all", "and", "any", "not", "of", "or", "ready"];

    public override string Noun => "an expression";
    public override string Example => "header and 3 of pump";
    public override DiagnosticCode Code => Codes.BadExpression;

    public override JsonObject Schema() => TextSchema(@"^[a-z0-9(]", "header and 3 of pump", "2 of (a, b, c)");

    public override UpWhenText Read(TextCursor cursor, FieldContext field) => new Reader(cursor).Whole();

    public override string Write(UpWhenText value) => value switch
    {
        UpWhenText.Named { Quantity: var quantity, Name: var name } =>
            quantity == Quantity.All ? name : $"{quantity} of {name}",
        UpWhenText.Group { Form: GroupForm.And } group => string.Join(" and ", group.Parts.Select(Part)),
        UpWhenText.Group { Form: GroupForm.Or } group => string.Join(" or ", group.Parts.Select(Part)),
        UpWhenText.Group group => $"{group.Quantity} of ({string.Join(", ", group.Parts.Select(Write))})",
        _ => throw new InvalidOperationException("An expression has two forms."),
    };

    private string Part(UpWhenText part) =>
        part is UpWhenText.Group { Form: GroupForm.And or GroupForm.Or } ? $"({Write(part)})" : Write(part);

    /// <summary>Recursive descent over one text.</summary>
    private sealed class Reader(TextCursor cursor)
    {
        private int _depth;

        public UpWhenText Whole()
        {
            var expression = Joined(GroupForm.Or);
            cursor.SkipBlanks();
            return cursor.AtEnd ? expression : throw Unexpected();
        }

        private UpWhenText Joined(GroupForm form)
        {
            var parts = new List<UpWhenText>();
            int start = cursor.Index;
            do
            {
                parts.Add(form == GroupForm.Or ? Joined(GroupForm.And) : Term());
            }
            while (TakeWord(form == GroupForm.Or ? "or" : "and"));
            var quantity = form == GroupForm.Or ? Quantity.Any : Quantity.All;
            return parts.Count == 1 ? parts[0] : new UpWhenText.Group(quantity, parts, start, form);
        }

        private UpWhenText Term()
        {
            cursor.SkipBlanks();
            int start = cursor.Index;
            if (cursor.TryTake("("))
            {
                return Bracketed(start);
            }
            if (TakeQuantity() is { } quantity)
            {
                return Counted(quantity, start);
            }
            return new UpWhenText.Named(Quantity.All, Name(), start, start);
        }

        private UpWhenText Bracketed(int start)
        {
            Deepen(start);
            var inner = Joined(GroupForm.Or);
            Close(start);
            return inner;
        }

        private UpWhenText Counted(Quantity quantity, int start)
        {
            cursor.SkipBlanks();
            int first = cursor.Index;
            if (!cursor.TryTake("("))
            {
                return new UpWhenText.Named(quantity, Name(), start, first);
            }
            Deepen(first);
            var parts = new List<UpWhenText>();
            do
            {
                parts.Add(Joined(GroupForm.Or));
                cursor.SkipBlanks();
            }
            while (cursor.TryTake(","));
            Close(first);
            if (quantity.Of(parts.Count) > parts.Count)
            {
                cursor.Index = start;
                throw cursor.Fault(Codes.MoreThanThereAre, $"{quantity} of {parts.Count} parts can never be up",
                    $"write a number from 1 to {parts.Count}");
            }
            return new UpWhenText.Group(quantity, parts, start, GroupForm.List);
        }

        /// <summary>"all of", "any of", "3 of", "50% of"; a number without "of" is a name.</summary>
        private Quantity? TakeQuantity()
        {
            int start = cursor.Index;
            if (TakeWord("all"))
            {
                return TakeWord("of") ? Quantity.All : throw Unexpected();
            }
            if (TakeWord("any"))
            {
                return TakeWord("of") ? Quantity.Any : throw Unexpected();
            }
            var digits = cursor.TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
            bool percent = cursor.TryTake("%");
            if (digits.Length is 0 or > 9 || !(percent || cursor.Current is ' ' or '(') || !TakeWord("of"))
            {
                cursor.Index = start;
                return null;
            }
            bool whole = int.TryParse(digits, out int number);
            decimal share = 0;
            if (percent ? !decimal.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out share)
                : !whole)
            {
                cursor.Index = start;
                throw cursor.Fault(Codes.BadExpression, $"'{digits}' is not a number of parts",
                    "write a whole number or a percentage before 'of'");
            }
            if (percent ? share is <= 0 or > 100 : number == 0)
            {
                cursor.Index = start;
                throw cursor.Fault(Codes.NumberOutOfRange,
                    $"'{digits}{(percent ? "%" : "")} of' is not a number of parts",
                    "write at least 1, or more than 0% up to 100%");
            }
            return percent ? new Quantity(null, share / 100) : new Quantity(number, null);
        }

        private string Name()
        {
            cursor.SkipBlanks();
            int start = cursor.Index;
            if (cursor.AtEnd)
            {
                throw cursor.Fault(Codes.BadExpression, "the expression ends where a name is expected", Remedy);
            }
            var name = cursor.TakeName();
            cursor.Index = start;
            if (name == "not" || cursor.Current is '!' or '-' or '~')
            {
                throw cursor.Fault(Codes.Negation,
                    "expressions have no negation: more working parts never make a system worse",
                    "say which parts must work");
            }
            if (name == "ready")
            {
                throw cursor.Fault(Codes.ReadyNotForUnits,
                    "'ready' counts the replicas of a workload, and units have none",
                    "write 'K of NAME', such as 3 of pump");
            }
            if (!NameKind.IsName(name) || ReservedWords.Contains(name, StringComparer.Ordinal))
            {
                throw Unexpected();
            }
            cursor.Index = start + name.Length;
            return name;
        }

        private bool TakeWord(string word)
        {
            int start = cursor.Index;
            cursor.SkipBlanks();
            if (cursor.TakeName() == word)
            {
                return true;
            }
            cursor.Index = start;
            return false;
        }

        private void Deepen(int start)
        {
            if (++_depth > YamlLimits.Depth)
            {
                cursor.Index = start;
                throw cursor.Fault(Codes.TooDeep, $"brackets are nested more than {YamlLimits.Depth} deep",
                    "name a part of it as a service");
            }
        }

        private void Close(int opened)
        {
            _depth--;
            cursor.SkipBlanks();
            if (cursor.TryTake(")"))
            {
                return;
            }
            if (cursor.AtEnd)
            {
                cursor.Index = opened;
                throw cursor.Fault(Codes.BadExpression, "this bracket is never closed",
                    "write ')' after the last part");
            }
            throw Unexpected();
        }

        private BadValueException Unexpected()
        {
            cursor.SkipBlanks();
            if (cursor.AtEnd)
            {
                return cursor.Fault(Codes.BadExpression, "the expression ends too early", Remedy);
            }
            int start = cursor.Index;
            string word = cursor.TakeName();
            string token = word.Length > 0 ? word
                : cursor.TakeWhile(c => c is not ' ' && !char.IsAsciiLetterOrDigit(c));
            cursor.Index = start;
            string remedy = token switch
            {
                "&&" or "&" or "AND" or "And" or "+" => "write 'and'",
                "||" or "|" or "OR" or "Or" => "write 'or'",
                "," => "write 'and' or 'or', or a list such as 2 of (a, b, c)",
                _ when word.Length > 0 && !NameKind.IsName(word) => NameKind.Proposal(word),
                _ => Remedy,
            };
            return token is "!" or "!="
                ? cursor.Fault(Codes.Negation,
                    "expressions have no negation: more working parts never make a system worse",
                    "say which parts must work")
                : cursor.Fault(Codes.BadExpression, $"'{ValueKind.Shown(token)}' is not expected here", remedy);
        }
    }
}
