using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using FailoverSim.Kernel.Laws;

namespace FailoverSim.Tests.Scenarios;

/// <summary>A specification as text, lists and laws included, so that two can be compared.</summary>
internal static class SpecText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case Law law:
                text.Append(law).Append(law.Mean.ToString("R", CultureInfo.InvariantCulture));
                break;
            case string or (ValueType and not IEnumerable):
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case TimeZoneInfo zone:
                text.Append(zone.Id);
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(text, item);
                    text.Append(", ");
                }
                text.Append(']');
                break;
            default:
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetIndexParameters().Length == 0))
                {
                    text.Append(property.Name).Append('=');
                    Write(text, property.GetValue(value));
                    text.Append(", ");
                }
                text.Append('}');
                break;
        }
    }
}
