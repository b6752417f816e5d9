using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Runnel.Server.Configuration;

namespace Runnel.Server.Gates;

/// <summary>
/// Open connections of all clients together, counted before anything is known of them. One too many is told so and closed.
/// Thread-safe.
/// </summary>
internal sealed class ConnectionLimit(int most)
{
    /// <summary>Connections beyond the limit that are being told; those beyond these are closed without a word.</summary>
    private const int BeingTold = 100;

    private const byte TlsHandshake = 0x16;

    /// <summary>How long one that is refused may take to ask, and to read that it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private int _open;

    public static void Apply(KestrelServerOptions kestrel, LimitsOptions limits)
    {
        var limit = new ConnectionLimit(limits.Connections);
        kestrel.Limits.MaxConcurrentConnections = limits.Connections + BeingTold;
        kestrel.ConfigureEndpointDefaults(
            listen => listen.Use(next => connection => limit.PassAsync(connection, next)));
    }

    private async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= most)
                await next(connection);
            else
                await RefuseAsync(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task RefuseAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var asked = await connection.Transport.Input.ReadAsync(patience.Token);
            if (!CanBeTold(asked.Buffer))
                return;
            connection.Transport.Input.AdvanceTo(asked.Buffer.End);
            await connection.Transport.Output.WriteAsync(Refusal(connection.ConnectionId), patience.Token);
            await connection.Transport.Output.CompleteAsync();
            // Closing with something unread would take the answer from the client again.
            while (await connection.Transport.Input.ReadAsync(patience.Token) is { IsCompleted: false } rest)
                connection.Transport.Input.AdvanceTo(rest.Buffer.End);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            // It is gone, or takes its time.
        }
    }

    /// <summary>Over TLS nothing can be said before there are keys; and an <c>EventSource</c> comes back after a connection that
    /// was closed, but never after a status that is not 200.</summary>
    private static bool CanBeTold(ReadOnlySequence<byte> asked)
    {
        var first = asked.FirstSpan;
        return first.Length > 0 && first[0] != TlsHandshake && first.IndexOf("text/event-stream"u8) < 0;
    }

    private static byte[] Refusal(string connectionId)
    {
        const string Detail = "This server has as many connections as it takes. Try again in a moment.";
        var body = $$"""
            {"title":"Service Unavailable","status":503,"detail":"{{Detail}}","code":"too_many_connections","trace_id":"{{connectionId}}"}
            """;
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n"
            + $"Retry-After: 1\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
