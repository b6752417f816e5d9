using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>The network between a node and its database. While it is down nothing passes in either direction and nobody is told:
/// connections stay open, and those that are opened get no answer, as behind a cable that was pulled.</summary>
internal sealed class FaultyLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly int _to;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _up = Up();

    private FaultyLine(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static FaultyLine To(int port) => new(port);

    /// <summary>Takes it down.</summary>
    public void Cut() => _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets everything pass again, also what waited: TCP sends it once more.</summary>
    public void Mend() => _up.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Mend();
        foreach (var socket in _open.Keys)
            socket.Close(0);
        await _accepting;
    }

    private static TaskCompletionSource Up()
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        up.SetResult();
        return up;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task PassAsync(Socket node)
    {
        using var database = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[node] = _open[database] = true;
        node.NoDelay = database.NoDelay = true;
        try
        {
            await _up.Task;
            await database.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(CopyAsync(node, database), CopyAsync(database, node));
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The database is away, or the line is taken down for good.
        }

        node.Dispose();
        _open.TryRemove(node, out _);
        _open.TryRemove(database, out _);
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer);
                await _up.Task;
                if (count == 0)
                    return;
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            await _up.Task;
        }
    }
}
