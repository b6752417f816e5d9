using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Models;
using Runnel.Server.Turns.Running;

namespace Runnel.Server.Turns.Titling;

/// <summary>
/// Has the model write a title for a conversation that nobody gave one, from its first exchange: in the background, once the
/// conversation has been quiet for a moment, so that no message of its own waits for it. Whatever goes wrong, the title stays
/// as it was. Thread-safe.
/// </summary>
internal sealed partial class Titles(
    RunningTurns turns,
    FirstExchange exchanges,
    ConversationChange changes,
    IOptions<ModelsOptions> options,
    TimeProvider time,
    ILogger<Titles> log)
    : IHostedService, IDisposable
{
    private const int AtOnce = 4;
    private const int MaxTokens = 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCounter _work = new();

    /// <summary>How long nothing happens before a title is asked for: who writes on at once has the model to themselves.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        turns.Ended += Consider;
        return Task.CompletedTask;
    }

    /// <summary>Gives up what is under way: a later answer of the conversation brings it about again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        turns.Ended -= Consider;
        await _stop.CancelAsync();
        await WhenIdleAsync();
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenIdleAsync() => _work.WhenZeroAsync();

    public void Dispose()
    {
        _stop.Dispose();
        _places.Dispose();
    }

    /// <summary>A turn has ended; its conversation may want a title.</summary>
    private void Consider(Turn turn)
    {
        if (!options.Value.Titles || turn.Model.Kind == ModelKind.Scripted || _stop.IsCancellationRequested)
            return;
        _work.Add();
        _ = RunAsync(turn);
    }

    private async Task RunAsync(Turn turn)
    {
        try
        {
            await Task.Delay(Quiet, time, _stop.Token);
            await _places.WaitAsync(_stop.Token);
            try
            {
                await TitleAsync(turn);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
                NotMade(log, turn.ThreadId, exception);
        }
        finally
        {
            _work.Remove();
        }
    }

    private async Task TitleAsync(Turn turn)
    {
        if (await exchanges.FindAsync(turn.ThreadId, _stop.Token) is not { } exchange)
            return;
        if (TitleText.From(await AskAsync(turn.Model, exchange)) is not { } title)
        {
            NoTitle(log, turn.ThreadId);
            return;
        }

        var change = new ConversationUpdated(turn.ThreadId) { Title = title };
        if (!await changes.TryAsync(
            turn.OwnerId, change, ConversationTitle.Suggest(turn.ThreadId, turn.OwnerId, title)))
            NotWanted(log, turn.ThreadId);
    }

    private async Task<string> AskAsync(ConfiguredModel model, FirstExchange.Texts exchange)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        var options = new ChatOptions { ModelId = model.Model, MaxOutputTokens = MaxTokens };
        var answer = new System.Text.StringBuilder();
        await foreach (var update in model.Client.GetStreamingResponseAsync(
            TitlePrompt.For(exchange.Question, exchange.Answer), options, either.Token))
        {
            answer.Append(update.Text);
            if (answer.Length > TitleText.MaxAnswer)
                break;
        }

        return answer.ToString();
    }

    [LoggerMessage(1, LogLevel.Warning, "No title was made for conversation {ThreadId}.")]
    private static partial void NotMade(ILogger log, string threadId, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The model answered with no title for conversation {ThreadId}.")]
    private static partial void NoTitle(ILogger log, string threadId);

    [LoggerMessage(3, LogLevel.Debug, "Conversation {ThreadId} got a title from somebody else meanwhile, or is gone.")]
    private static partial void NotWanted(ILogger log, string threadId);
}
