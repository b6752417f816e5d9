using System.Net;
using Runnel.Server.Gates;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>One try to sign in, by what it is counted under.</summary>
internal sealed record LoginAttempt(string Email, IPAddress? Address)
{
    public IEnumerable<string> Keys => ["account " + Email.ToUpperInvariant(), "address " + CallerNetwork.Of(Address)];
}
