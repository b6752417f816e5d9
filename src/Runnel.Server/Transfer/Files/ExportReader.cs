using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Runnel.Server.Transfer.Files;

/// <summary>Reads a file from its beginning to its end. Only then is it known that it is whole.</summary>
internal sealed class ExportReader : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly GZipStream _input;
    private readonly LineReader _lines;
    private ReadOnlyMemory<byte>? _line;
    private long _read;

    public ExportReader(Stream input)
    {
        _input = new GZipStream(input, CompressionMode.Decompress);
        _lines = new LineReader(_input);
    }

    /// <exception cref="TransferException">It is no such file, or of a newer version.</exception>
    public async Task<ExportHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        ExportHeader? header;
        try
        {
            await AdvanceAsync(cancellationToken);
            header = JsonSerializer.Deserialize(Line.Span, ExportLines.Default.ExportHeader);
        }
        catch (Exception exception) when (IsDamage(exception) || exception is JsonException or TransferException)
        {
            throw new TransferException("This is not an export of Runnel.", exception);
        }

        if (header is not { Format: ExportHeader.FormatName })
            throw new TransferException("This is not an export of Runnel.");
        if (header.Version > ExportHeader.NewestVersion)
        {
            throw new TransferException(
                $"The file has format {header.Version}; this version reads {ExportHeader.NewestVersion}. Use a newer version.");
        }

        await AdvanceAsync(cancellationToken);
        return header;
    }

    /// <summary>The next line that is no row; null at the end, if the file is whole. Read all rows before.</summary>
    /// <exception cref="TransferException">The file is damaged.</exception>
    public async Task<ExportMark?> ReadMarkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var mark = JsonSerializer.Deserialize(Line.Span, ExportLines.Default.ExportMark) ?? throw Damaged();
            if (mark.Sha256 is null)
            {
                await AdvanceAsync(cancellationToken);
                return mark;
            }

            if (mark.Lines != _read || mark.Sha256 != Convert.ToHexStringLower(_hash.GetCurrentHash()))
                throw Damaged();
            _line = await _lines.ReadAsync(cancellationToken);
            return _line is null ? null : throw Damaged();
        }
        catch (Exception exception) when (IsDamage(exception) || exception is JsonException)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>The rows up to the next line that is none.</summary>
    /// <param name="kinds">What their values are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TransferException">The file is damaged.</exception>
    public async IAsyncEnumerable<object?[]> ReadRowsAsync(
        IReadOnlyList<ColumnKind> kinds,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (Line.Span[0] == '[')
        {
            yield return ParseRow(kinds);
            await AdvanceAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        _lines.Dispose();
        await _input.DisposeAsync();
    }

    private ReadOnlyMemory<byte> Line => _line ?? throw Damaged();

    private object?[] ParseRow(IReadOnlyList<ColumnKind> kinds)
    {
        try
        {
            return RowParser.Parse(Line.Span, kinds);
        }
        catch (FormatException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>Goes to the next line. The one before it counts, since it was not the last.</summary>
    private async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        if (_line is { } line)
        {
            _hash.AppendData(line.Span);
            _read++;
        }

        try
        {
            _line = await _lines.ReadAsync(cancellationToken) ?? throw Damaged();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    private static bool IsDamage(Exception exception) => exception is InvalidDataException or FormatException or EndOfStreamException;

    private TransferException Damaged(Exception? cause = null) =>
        new($"The file is cut or damaged, at line {_read + 1}.", cause);
}
