using Microsoft.AspNetCore.Identity;

namespace Runnel.Server.Persistence;

/// <summary>An account as Identity knows it, and what is ours.</summary>
internal sealed class Account : IdentityUser
{
    /// <summary>Whether it runs the server: the first account does, and those that an administrator is made of.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>When its owner asked for its deletion: nobody signs in to it any more, and soon it is gone.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}
