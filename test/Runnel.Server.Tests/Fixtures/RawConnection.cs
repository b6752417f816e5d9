using System.Net.Sockets;
using System.Text;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>A connection on which a test writes and reads bytes as it likes. Every wait fails after a time.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(90));
    private NetworkStream _stream = null!;

    public static async Task<RawConnection> OpenAsync(Uri server)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(server.Host, server.Port, connection._patience.Token);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, _patience.Token);

    /// <summary>Sends a text over and over, a byte at a time, until the server has had enough.</summary>
    public async Task TrickleAsync(string text)
    {
        try
        {
            for (var at = 0; ; at = (at + 1) % text.Length)
            {
                await SendAsync(text.Substring(at, 1));
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, _patience.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    /// <summary>Reads up to an empty line: the head of an answer.</summary>
    public Task<string> ReadHeadAsync() => ReadAsync(text => text.EndsWith("\r\n\r\n", StringComparison.Ordinal));

    /// <summary>Reads to the end of an answer that came in chunks, or until the server closes.</summary>
    public Task<string> ReadChunkedAsync() => ReadAsync(text => text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));

    /// <summary>Reads until the server closes, or resets.</summary>
    public Task<string> ReadToEndAsync() => ReadAsync(_ => false);

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }

    private async Task<string> ReadAsync(Func<string, bool> isWhole)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        try
        {
            while (!isWhole(text.ToString()) && await _stream.ReadAsync(one, _patience.Token) > 0)
                text.Append((char)one[0]);
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        return text.ToString();
    }
}
