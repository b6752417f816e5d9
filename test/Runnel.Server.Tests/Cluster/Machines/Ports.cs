using System.Net;
using System.Net.Sockets;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>Ports that nobody listens on, for what cannot choose its own.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
