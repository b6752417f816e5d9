using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Runnel.Server.Tests.Fuzz;

/// <summary>What came back for bytes that no well-meaning client would send.</summary>
public sealed record RawAnswer(int Status, string Headers, string Body)
{
    /// <summary>Enough of a stream to see that it began; whole for everything else.</summary>
    private const int Enough = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public bool IsStream => Headers.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for an answer as it should be, else what is wrong with it.</summary>
    public string? Complaint(string method)
    {
        if (Status is >= 500 and not 503)
            return "a fault of the server";
        string[] inner = ["   at ", "Exception", "System.", "Runnel.Server", "Microsoft.", "SQLite", ".cs:line", "/tmp/"];
        if (inner.FirstOrDefault(word => Body.Contains(word, StringComparison.Ordinal)) is { } word && Status >= 400)
            return $"'{word}' is in the answer";
        if (Status is >= 200 and < 400 or 101 || method == "HEAD")
            return null;
        // Before there is a request there is nothing that could write a body.
        if (Status is 400 or 405 or 408 or 414 or 431 or 505 && Headers.Contains("Content-Length: 0", StringComparison.Ordinal))
            return Headers.Contains("nosniff", StringComparison.Ordinal) ? "a refusal without a body" : null;
        return IsProblem() ? null : "a refusal that is no problem";
    }

    /// <summary>Sends bytes on a connection of their own; an answer of status 0 is none.</summary>
    public static async Task<RawAnswer> OfAsync(Uri server, ReadOnlyMemory<byte> request)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        var sent = SendAsync(stream, request, deadline.Token);
        var answer = await ReadAsync(stream, deadline.Token);
        client.Close();
        await sent;
        return answer;
    }

    private static async Task SendAsync(NetworkStream stream, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has answered and closed before it had read all.
        }
    }

    private static async Task<RawAnswer> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; text.Length < Enough && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (text.ToString().Contains("event: connected", StringComparison.Ordinal))
                    break;
            }
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        return Parse(text.ToString());
    }

    private static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        // To go on, said because the client asked whether to, is not the answer yet.
        if (end >= 0 && text.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal))
            return Parse(text[(end + 4)..]);
        return end < 0 || !text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? new RawAnswer(0, "", text)
            : new RawAnswer(int.Parse(text.AsSpan(9, 3), null), text[..end], text[(end + 4)..]);
    }

    private bool IsProblem()
    {
        var (from, to) = (Body.IndexOf('{', StringComparison.Ordinal), Body.LastIndexOf('}'));
        if (!Headers.Contains("application/problem+json", StringComparison.Ordinal) || from < 0 || to < from)
            return false;
        var json = JsonDocument.Parse(Body[from..(to + 1)]).RootElement;
        return json.GetProperty("code").GetString()!.Length > 0 && json.GetProperty("trace_id").GetString()!.Length > 0
            && json.GetProperty("status").GetInt32() == Status;
    }
}
