using System.Net;
using System.Net.Sockets;

namespace Runnel.Server.Gates;

/// <summary>What is counted as one caller where nobody has signed in.</summary>
internal static class CallerNetwork
{
    // One subscriber usually has a whole /64 of IPv6 addresses.
    private const int PrefixBytes = 8;

    public static string Of(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } six =>
            Convert.ToHexString(six.GetAddressBytes().AsSpan(0, PrefixBytes)),
        { } four => four.ToString(),
    };
}
