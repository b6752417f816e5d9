namespace Runnel.Fakes;

/// <summary><c>POST chat/completions</c>: reads, records, answers.</summary>
internal sealed class ChatEndpoint(RequestLog log, AnswerQueue answers, CancellationToken stopping)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var request = await UpstreamRequest.ReadAsync(context.Request);
        var writer = new AnswerWriter(context, request);
        // Taken before the request is seen to have begun, so that a test which then enqueues means the next one.
        var answer = answers.Next(request, log.CountOf(request.LastUserMessage) + 1);
        log.Begin(request);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await answer(writer, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            var clientGone = context.RequestAborted.IsCancellationRequested && !stopping.IsCancellationRequested;
            log.End(clientGone && !writer.IsCutByUs);
        }
    }
}
