using System.Text.Json;
using Runnel.Server.Hosting;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations;

/// <summary>Answers a request with a stream that the caller may read: what every follow endpoint has in common.</summary>
internal sealed class StreamAnswer(SseStreams sse, IEventStreams streams)
{
    /// <summary>Follows from where the client asks.</summary>
    public async Task RunAsync(HttpContext http, StreamName stream, string? threadId)
    {
        if (!SseRequest.TryReadStart(http.Request, stream, out var start))
            await ConversationProblems.InvalidCursor().ExecuteAsync(http);
        else
            await RunAsync(http, stream, threadId, start, endsAfter: null);
    }

    /// <summary>Follows from a position, to an event or without end.</summary>
    public async Task RunAsync(
        HttpContext http, StreamName stream, string? threadId, StartPosition start, Func<StreamEvent, bool>? endsAfter)
    {
        if (sse.IsDraining)
        {
            await RefuseAsync(http);
            return;
        }

        var request = new EventStreamRequest
        {
            Stream = stream,
            Start = start,
            Accumulated = SseRequest.WantsAccumulated(http.Request),
            Pings = SseRequest.WantsPings(http.Request),
            Describe = writer => Describe(writer, threadId),
            EndsAfter = endsAfter,
        };
        if (await sse.TryRunAsync(http, request))
            return;
        // A stream begins with its first append; a reader may be there before.
        await streams.AppendAsync(new Append(stream));
        await sse.TryRunAsync(http, request);
    }

    /// <summary>An <c>EventSource</c> cannot send <c>Authorization</c> and gives up for ever on any status but 200, so it gets an
    /// event; a client that can read a status gets one.</summary>
    private Task RefuseAsync(HttpContext http) =>
        http.Request.Headers.Authorization.Count == 0
            ? sse.RefuseAsync(http, busy: false)
            : Problems.Draining().ExecuteAsync(http);

    private static void Describe(Utf8JsonWriter writer, string? threadId) => writer.WriteString("thread_id", threadId);
}
