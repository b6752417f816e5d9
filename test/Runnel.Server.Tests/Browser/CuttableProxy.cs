using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Runnel.Server.Tests.Browser;

/// <summary>Stands between a browser and the server, passes bytes, and cuts all connections when told to.</summary>
public sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private int _port;
    private readonly Task _accepting;

    private CuttableProxy(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public static CuttableProxy To(Uri server) => new(server.Port);

    /// <summary>New connections go to another server from now on.</summary>
    public void TurnTo(Uri server) => _port = server.Port;

    /// <summary>The server is away: whoever connects is turned off at once.</summary>
    public void Close()
    {
        _port = 0;
        Cut();
    }

    /// <summary>Resets every connection that is open. New ones are taken as before.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
            socket.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
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

    private async Task PassAsync(Socket browser)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[browser] = _open[server] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _port);
            await Task.WhenAny(CopyAsync(browser, server), CopyAsync(server, browser));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // One of the two has gone, or was cut while it connected.
        }

        browser.Dispose();
        _open.TryRemove(browser, out _);
        _open.TryRemove(server, out _);
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
                await to.SendAsync(buffer.AsMemory(0, count));
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
