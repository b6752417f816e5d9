using System.Net;
using System.Net.Sockets;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>One try to sign in, by what it is counted under.</summary>
internal sealed record LoginAttempt(string Email, IPAddress? Address)
{
    // One subscriber usually has a whole /64 of IPv6 addresses.
    private const int PrefixBytes = 8;

    public IEnumerable<string> Keys => ["account " + Name(), "address " + Network()];

    // No account has a longer one: what nobody has must not fill the memory.
    private string Name() => Email.Length <= EmailAddress.MostCharacters ? Email.ToUpperInvariant() : "too long";

    private string Network() => Address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } six =>
            Convert.ToHexString(six.GetAddressBytes().AsSpan(0, PrefixBytes)),
        { } four => four.ToString(),
    };
}
