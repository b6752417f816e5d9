using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Runnel.Server.Transfer.Files;

/// <summary>Writes a file: lines of JSON, compressed by gzip.</summary>
internal sealed class ExportWriter : IAsyncDisposable
{
    private const int FlushBytes = 256 * 1024;

    private static readonly JsonWriterOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _lines = new(2 * FlushBytes);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly GZipStream _output;
    private readonly Utf8JsonWriter _json;
    private long _count;

    public ExportWriter(Stream output)
    {
        _output = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        _json = new Utf8JsonWriter(_lines, Json);
    }

    public Task WriteAsync(ExportHeader header, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(_json, header, ExportLines.Default.ExportHeader);
        return EndLineAsync(cancellationToken);
    }

    public async Task WriteAsync(Table table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await WriteAsync(
            new ExportMark { Table = table.Name, Columns = [.. table.Columns.Select(column => column.Name)] }, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            WriteRow(row);
            await EndLineAsync(cancellationToken);
        }
    }

    /// <summary>Writes the last lines, without which a file is not whole.</summary>
    public async Task FinishAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellationToken)
    {
        var sorted = counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).ToDictionary();
        await WriteAsync(new ExportMark { Counters = sorted }, cancellationToken);
        await FlushAsync(cancellationToken);
        var hash = Convert.ToHexStringLower(_hash.GetCurrentHash());
        await WriteAsync(new ExportMark { Lines = _count, Sha256 = hash }, cancellationToken);
        await FlushAsync(cancellationToken);
        await _output.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        _hash.Dispose();
        await _output.DisposeAsync();
    }

    private Task WriteAsync(ExportMark mark, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(_json, mark, ExportLines.Default.ExportMark);
        return EndLineAsync(cancellationToken);
    }

    private void WriteRow(object?[] row)
    {
        _json.WriteStartArray();
        foreach (var value in row)
            WriteValue(value);
        _json.WriteEndArray();
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case string text:
                _json.WriteStringValue(text);
                break;
            case long number:
                _json.WriteNumberValue(number);
                break;
            case double number:
                _json.WriteNumberValue(number);
                break;
            case byte[] bytes:
                _json.WriteBase64StringValue(bytes);
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType()} has no place in a file.");
        }
    }

    private Task EndLineAsync(CancellationToken cancellationToken)
    {
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
        _count++;
        return _lines.WrittenCount < FlushBytes ? Task.CompletedTask : FlushAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_lines.WrittenSpan);
        await _output.WriteAsync(_lines.WrittenMemory, cancellationToken);
        _lines.ResetWrittenCount();
    }
}
