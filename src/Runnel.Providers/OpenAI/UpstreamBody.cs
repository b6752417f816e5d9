using System.Runtime.CompilerServices;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// The bytes of an answer, read as they come. Knows which ends are ends: an answer that is whole may be cut off, and
/// one that nobody wants any more is cut off at once.
/// </summary>
internal sealed class UpstreamBody(Stream body, SseReader reader, UpstreamFaults faults, TimeProvider time)
    : IAsyncDisposable
{
    // What may follow a finish reason is the usage and [DONE]. A server that keeps the connection open instead (some do)
    // must not keep a whole answer from being shown as whole.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private CancellationTokenSource? _grace;

    /// <summary>Whether the source has ended.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads once.</summary>
    /// <param name="state">What has been seen of the answer so far.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    /// <exception cref="ProviderException">The connection broke, or an event is too long.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FillAsync(AnswerState state, CancellationToken cancellationToken)
    {
        try
        {
            IsAtEnd = !(state.IsWhole
                ? await FillWithinGraceAsync(cancellationToken)
                : await reader.FillAsync(body, cancellationToken));
        }
        catch (InvalidDataException)
        {
            throw faults.Malformed();
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IsAtEnd = true;
            if (state.IsWhole) return;
            throw state.HasContent || IsOrderlyEnd(fault) ? faults.Closed(fault) : faults.Unreachable(fault);
        }
    }

    /// <summary>
    /// The framework drains an abandoned body for up to two seconds before it closes the connection. A read that is
    /// cancelled while it waits closes it at once, and with it the work at the other end.
    /// </summary>
    public async ValueTask AbandonAsync()
    {
        if (IsAtEnd) return;
        var scratch = new byte[16 * 1024];
        for (var reads = 0; reads < 16 && !IsAtEnd; reads++)
        {
            using var cut = new CancellationTokenSource();
            try
            {
                var read = body.ReadAsync(scratch, cut.Token);
                await cut.CancelAsync();
                IsAtEnd = await read == 0;
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or HttpRequestException
                or ObjectDisposedException)
            {
                IsAtEnd = true;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _grace?.Dispose();
        await body.DisposeAsync();
    }

    private static bool IsOrderlyEnd(Exception fault) =>
        fault is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };

    private async ValueTask<bool> FillWithinGraceAsync(CancellationToken cancellationToken)
    {
        _grace ??= new CancellationTokenSource(Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _grace.Token);
        try
        {
            return await reader.FillAsync(body, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
