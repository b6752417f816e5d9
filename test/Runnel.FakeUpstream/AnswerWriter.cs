using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Runnel.Fakes;

/// <summary>Writes one answer, frame by frame, each flushed.</summary>
public sealed class AnswerWriter(HttpContext context, UpstreamRequest request)
{
    public UpstreamRequest Request => request;

    /// <summary>What ends a line. Default a line feed.</summary>
    public string LineEnd { get; set; } = "\n";

    /// <summary>Whether it was the fake that cut the connection.</summary>
    public bool IsCutByUs { get; private set; }

    /// <summary>Sends the head of an event stream, once; every other write does it by itself.</summary>
    public async Task StartAsync()
    {
        if (context.Response.HasStarted) return;
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Sends one event with this as its data.</summary>
    public Task DataAsync(string data) => RawAsync($"data: {data}{LineEnd}{LineEnd}");

    /// <summary>Sends bytes as they are.</summary>
    public Task RawAsync(string text) => RawAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task RawAsync(ReadOnlyMemory<byte> bytes)
    {
        await StartAsync();
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Sends a finish reason, the usage and <c>[DONE]</c>.</summary>
    public async Task FinishAsync(int tokens, string reason = "stop")
    {
        await DataAsync(Wire.Finish(reason));
        await DataAsync(Wire.Usage(request.Messages.Count, tokens));
        await DataAsync("[DONE]");
    }

    /// <summary>Sends a whole answer that is no event stream.</summary>
    public async Task RespondAsync(int status, string contentType, string body, params (string, string)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    }

    /// <summary>Resets the connection (RST). What was sent and not yet read is lost.</summary>
    public void Reset()
    {
        IsCutByUs = true;
        context.Abort();
    }

    /// <summary>Closes the connection (FIN) in the middle of the body and waits until the client has seen it.</summary>
    public async Task CloseAsync(CancellationToken clientGone)
    {
        IsCutByUs = true;
        var socket = context.Features.Get<IConnectionSocketFeature>()!.Socket;
        // Kestrel sends on a loop of its own; only what was in its pipe before this moment is sent before the FIN.
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, clientGone);
        socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, clientGone);
    }
}
