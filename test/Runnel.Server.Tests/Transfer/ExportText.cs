using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Transfer;

/// <summary>A file as its lines, to look at and to change.</summary>
internal sealed class ExportText
{
    private ExportText(List<string> lines) => Lines = lines;

    public List<string> Lines { get; }

    public static ExportText Of(byte[] file)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(file), CompressionMode.Decompress), Encoding.UTF8);
        return new ExportText([.. text.ReadToEnd().TrimEnd('\n').Split('\n')]);
    }

    /// <summary>The file that these lines make, with a last line that is right for them.</summary>
    public byte[] ToFile()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Lines[..^1].Select(line => line + "\n")));
        var end = JsonSerializer.Serialize(
            new { lines = Lines.Count - 1, sha256 = Convert.ToHexStringLower(SHA256.HashData(body)) });
        return Compress([.. body, .. Encoding.UTF8.GetBytes(end + "\n")]);
    }

    public static byte[] Compress(byte[] text)
    {
        using var file = new MemoryStream();
        using (var output = new GZipStream(file, CompressionLevel.Fastest))
            output.Write(text);
        return file.ToArray();
    }

    /// <summary>The line at which a table begins.</summary>
    public int Find(string table) => Lines.FindIndex(line => line.StartsWith($$"""{"table":"{{table}}",""", StringComparison.Ordinal));

    /// <summary>The rows of each table, as its columns with their values, sorted; of segments, the events that they hold.</summary>
    public Dictionary<string, List<string>> Rows()
    {
        var tables = new Dictionary<string, List<string>>();
        (List<string> Rows, string[] Columns) here = ([], []);
        foreach (var line in Lines)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Array)
            {
                here.Rows.Add(RowOf(here.Columns, [.. json.RootElement.EnumerateArray()]));
            }
            else if (json.RootElement.TryGetProperty("table", out var table))
            {
                here = ([], [.. json.RootElement.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!)]);
                tables.Add(table.GetString()!, here.Rows);
            }
        }

        foreach (var rows in tables.Values)
            rows.Sort(StringComparer.Ordinal);
        return tables;
    }

    private static string RowOf(string[] columns, JsonElement[] values) => string.Join(
        "; ", columns.Zip(values).OrderBy(pair => pair.First, StringComparer.Ordinal).Select(pair =>
            $"{pair.First}={(pair.First == "events" ? Events(pair.Second.GetBytesFromBase64()) : pair.Second.GetRawText())}"));

    private static string Events(byte[] segment) => SegmentCodec.ReadEvents(segment) is { } events
        ? string.Join(", ", events.Select(next =>
            $"{next.Name} {Encoding.UTF8.GetString(next.Data.Span)} {Encoding.UTF8.GetString(next.Text.Span)} {next.Since}"))
        : string.Join(", ", SegmentCodec.ReadReferences(segment));
}
