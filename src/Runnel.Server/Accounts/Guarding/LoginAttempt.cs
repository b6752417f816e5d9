using System.Net;
using Runnel.Server.Gates;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>One try to sign in, by what it is counted under.</summary>
internal sealed record LoginAttempt(string Email, IPAddress? Address)
{
    public Guid Id { get; } = Guid.NewGuid();

    public IEnumerable<string> Keys => ["account " + Name(), "address " + CallerNetwork.Of(Address)];

    // No account has a longer one: what nobody has must not fill the memory. Nor has one what PostgreSQL has not, such as NUL.
    private string Name() =>
        Email.Length <= EmailAddress.MostCharacters ? Texts.Clean(Email).ToUpperInvariant() : "too long";
}
