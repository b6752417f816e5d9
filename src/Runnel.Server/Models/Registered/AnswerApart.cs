using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Runnel.Server.Models.Registered;

/// <summary>
/// An answer of somebody's own client, read apart from whoever wants it, and a little ahead. The client may block its thread,
/// ignore that it is cancelled, or hang when it is disposed: who has what they want, or wants no more, goes on at once, and the
/// client is left to end in its own time. For one reader.
/// </summary>
internal sealed partial class AnswerApart : IDisposable
{
    /// <summary>How many updates it is ahead at most.</summary>
    private const int Ahead = 64;

    /// <summary>How long a client may take to end before the log says so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<ChatResponseUpdate> _updates = Channel.CreateBounded<ChatResponseUpdate>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Its own: what a client does when it is cancelled would else come between the turn and whoever stops it.
    private readonly CancellationTokenSource _left = new();

    private readonly Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> _ask;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Asks at once.</summary>
    /// <param name="ask">Asks the client; the token is cancelled when nobody wants the answer any more.</param>
    /// <param name="name">What the log calls the model.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Is told of a client that does not end.</param>
    public AnswerApart(
        Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> ask, string name, TimeProvider time, ILogger log)
    {
        (_ask, _name, _time, _log) = (ask, name, time, log);
        // A client that blocks must not take a thread from the pool, which has few to begin with.
        new Thread(() => _ = ReadAsync()) { Name = $"Runnel model {name}", IsBackground = true }.Start();
    }

    /// <summary>Whether there is more to read. Throws what the client threw.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _updates.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead([NotNullWhen(true)] out ChatResponseUpdate? update) => _updates.Reader.TryRead(out update);

    /// <summary>Leaves the client, which has said everything or is told to end. Does not wait for it.</summary>
    public void Dispose()
    {
        if (_updates.Writer.TryComplete())
            _ = _left.CancelAsync();
        _ = WatchEndAsync();
    }

    private async Task ReadAsync()
    {
        IAsyncEnumerator<ChatResponseUpdate>? answer = null;
        Exception? fault = null;
        try
        {
            answer = _ask(_left.Token).GetAsyncEnumerator(_left.Token);
            while (await answer.MoveNextAsync() && await TryAddAsync(answer.Current))
                continue;
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }

        _updates.Writer.TryComplete(fault);
        await EndAsync(answer);
    }

    /// <summary>False when nobody wants it any more.</summary>
    private async ValueTask<bool> TryAddAsync(ChatResponseUpdate update)
    {
        while (!_updates.Writer.TryWrite(update))
        {
            if (!await _updates.Writer.WaitToWriteAsync())
                return false;
        }

        return true;
    }

    private async Task EndAsync(IAsyncEnumerator<ChatResponseUpdate>? answer)
    {
        try
        {
            if (answer is not null)
                await answer.DisposeAsync();
        }
        catch (Exception fault)
        {
            NotDisposed(_log, _name, fault);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private async Task WatchEndAsync()
    {
        await _ended.Task.WaitAsync(Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_ended.Task.IsCompleted)
            return;
        HoldsOn(_log, _name, Patience);
        await _ended.Task;
        LetsGo(_log, _name);
    }

    [LoggerMessage(1, LogLevel.Warning, "The client of model {Model} has not ended {Patience} after its answer was over or stopped. "
        + "It must obey its token, not block, and not hang in DisposeAsync; until it ends it costs memory, or a thread.")]
    private static partial void HoldsOn(ILogger log, string model, TimeSpan patience);

    [LoggerMessage(2, LogLevel.Warning, "The client of model {Model} has ended late.")]
    private static partial void LetsGo(ILogger log, string model);

    [LoggerMessage(3, LogLevel.Warning, "The client of model {Model} failed when it was disposed.")]
    private static partial void NotDisposed(ILogger log, string model, Exception exception);
}
