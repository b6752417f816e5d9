using System.Text.Json;

namespace Runnel.Server.Transfer.Files;

/// <summary>Reads the line of a row.</summary>
internal static class RowParser
{
    /// <exception cref="FormatException">It is not a row with values of these kinds.</exception>
    public static object?[] Parse(ReadOnlySpan<byte> line, IReadOnlyList<ColumnKind> kinds)
    {
        var row = new object?[kinds.Count];
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            for (var i = 0; i < row.Length; i++)
                row[i] = json.Read() ? Value(ref json, kinds[i]) : null;
            if (!json.Read() || json.TokenType != JsonTokenType.EndArray || json.Read())
                throw new FormatException("A row has too many values.");
            return row;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("A row cannot be read.", exception);
        }
    }

    private static object? Value(ref Utf8JsonReader json, ColumnKind kind) => (json.TokenType, kind) switch
    {
        (JsonTokenType.Null, _) => null,
        (JsonTokenType.String, ColumnKind.Text) => json.GetString(),
        (JsonTokenType.String, ColumnKind.Bytes) => json.GetBytesFromBase64(),
        (JsonTokenType.Number, ColumnKind.Integer) => json.GetInt64(),
        (JsonTokenType.Number, ColumnKind.Real) => json.GetDouble(),
        _ => throw new FormatException("A row has a value of another kind, or too few."),
    };
}
