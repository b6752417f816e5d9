using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Runnel.Server.Configuration;

/// <summary>
/// Compares the text of a section with what its options type allows. The framework's binder and validators fail late, several
/// lines long, and without the value; here one line names the key, the limits and what was given.
/// </summary>
internal static class OptionsCheck
{
    /// <exception cref="ConfigurationException">A value is of the wrong type or out of its range.</exception>
    public static void Check<T>(IConfiguration configuration, string section)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
        {
            var key = $"{section}:{property.Name}";
            if (configuration[key] is { } text && Complaint(property, text) is { } complaint)
                throw new ConfigurationException($"{key} must be {complaint}{Given(property, text)}.");
        }
    }

    // A secret that is wrong is a secret all the same.
    private static string Given(PropertyInfo property, string text) =>
        property.IsDefined(typeof(PasswordPropertyTextAttribute)) ? "" : $", not \"{OneLine(text)}\"";

    private static string? Complaint(PropertyInfo property, string text)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(bool))
            return bool.TryParse(text, out _) ? null : "true or false";
        if (type.IsEnum)
            return IsNameOf(type, text) ? null : string.Join(" or ", Enum.GetNames(type));
        return IsNumber(type) ? NumberComplaint(property, type, text) : FormComplaint(property, text);
    }

    // The framework's own check takes an empty text for none.
    private static string? FormComplaint(PropertyInfo property, string text) =>
        property.GetCustomAttribute<RegularExpressionAttribute>() is { } form && !Regex.IsMatch(text, form.Pattern)
            ? form.ErrorMessage
            : null;

    private static string? NumberComplaint(PropertyInfo property, Type type, string text)
    {
        var range = property.GetCustomAttribute<RangeAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has no limits.");
        var (least, most) = (Number(range.Minimum), Number(range.Maximum));
        var style = type == typeof(double) ? NumberStyles.Float : NumberStyles.Integer;
        var good = decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most;
        return good ? null : string.Create(CultureInfo.InvariantCulture, $"between {least} and {most}");
    }

    // A number is no name, though Enum.TryParse takes it for one.
    private static bool IsNameOf(Type type, string text) =>
        Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase);

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double);

    private static decimal Number(object limit) => Convert.ToDecimal(limit, CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
