using System.Threading.Channels;

namespace Runnel.Fakes;

/// <summary>An answer that goes on when the test says so. Each step is done when its task is.</summary>
public sealed class HeldAnswer
{
    private readonly Channel<Step> _steps = Channel.CreateUnbounded<Step>();
    private readonly TaskCompletionSource<AnswerWriter> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _tokens;

    private delegate Task StepAction(AnswerWriter writer, CancellationToken clientGone);

    /// <summary>Done when a request is being answered by this.</summary>
    public Task<UpstreamRequest> Begun => BegunAsync();

    /// <summary>Sends a chunk with this text.</summary>
    public Task SendAsync(string text)
    {
        _tokens++;
        return DoAsync((writer, _) => writer.DataAsync(Wire.Text(text)));
    }

    /// <summary>Sends a chunk with this reasoning.</summary>
    public Task SendReasoningAsync(string text) => DoAsync((writer, _) => writer.DataAsync(Wire.Reasoning(text)));

    /// <summary>Sends bytes as they are.</summary>
    public Task SendRawAsync(string text) => DoAsync((writer, _) => writer.RawAsync(text));

    /// <summary>Sends the rest of a whole answer and ends it.</summary>
    public Task FinishAsync(string reason = "stop") =>
        DoAsync((writer, _) => writer.FinishAsync(_tokens, reason), isLast: true);

    /// <summary>Ends the body in good order, without finish reason and <c>[DONE]</c>.</summary>
    public Task EndAsync() => DoAsync((writer, _) => writer.StartAsync(), isLast: true);

    /// <summary>Resets the connection.</summary>
    public Task AbortAsync() => DoAsync((writer, _) => Cut(writer), isLast: true);

    internal async Task PlayAsync(AnswerWriter writer, CancellationToken clientGone)
    {
        _begun.TrySetResult(writer);
        try
        {
            var isLast = false;
            while (!isLast)
            {
                var step = await _steps.Reader.ReadAsync(clientGone);
                await step.Action(writer, clientGone);
                step.Done.TrySetResult();
                isLast = step.IsLast;
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private static Task Cut(AnswerWriter writer)
    {
        writer.Reset();
        return Task.CompletedTask;
    }

    private async Task<UpstreamRequest> BegunAsync() => (await _begun.Task).Request;

    private async Task DoAsync(StepAction action, bool isLast = false)
    {
        var step = new Step(action, isLast, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _steps.Writer.WriteAsync(step);
        await Task.WhenAny(step.Done.Task, _ended.Task);
    }

    private sealed record Step(StepAction Action, bool IsLast, TaskCompletionSource Done);
}
