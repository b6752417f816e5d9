using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>How much of a response the client's machine has taken, as its TCP acknowledges it. Whoever reads slowly but reads
/// takes long over a large frame, and is not one who has stopped. May be asked from any thread.</summary>
internal sealed class SocketProgress(HttpContext http)
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int BytesAckedAt = 120;

    // Streams of HTTP/2 share a socket: there the progress of one would hide that another stands still.
    private readonly Socket? _socket = OperatingSystem.IsLinux() && !HttpProtocol.IsHttp2(http.Request.Protocol)
        ? http.Features.Get<IConnectionSocketFeature>()?.Socket
        : null;

    /// <summary>Bytes that the client's machine has acknowledged since the connection began (<c>tcp_info</c>, Linux 4.1); 0 where
    /// nobody can tell.</summary>
    public long Acknowledged
    {
        get
        {
            if (_socket is null)
                return 0;
            Span<byte> info = stackalloc byte[BytesAckedAt + sizeof(long)];
            try
            {
                return _socket.GetRawSocketOption(Tcp, TcpInfo, info) == info.Length
                    ? BitConverter.ToInt64(info[BytesAckedAt..])
                    : 0;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }
    }
}
