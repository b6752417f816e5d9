using System.Text.RegularExpressions;
using Runnel.Streams.Stores;

namespace Runnel.Server.Persistence;

/// <summary>Statements that share their values.</summary>
internal static partial class Statement
{
    /// <summary>A participant that takes, of all values, those that its text names.</summary>
    public static Participant Of(
        string name, string sql, IReadOnlyDictionary<string, object?> values, int? expectedRows = 1) =>
        new(
            name,
            sql,
            Names().Matches(sql).Select(match => match.ValueSpan[1..].ToString()).Distinct()
                .ToDictionary(key => key, key => Stored(values[key])),
            expectedRows);

    private static object? Stored(object? value) => value is bool flag ? Convert.ToInt64(flag) : value;

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Names();
}
