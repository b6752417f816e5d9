using Microsoft.AspNetCore.Identity;

namespace Runnel.Server.Accounts;

/// <summary>An account as its owner sees it.</summary>
internal sealed record UserAnswer(UserAnswer.Row User)
{
    public static UserAnswer Of(IdentityUser user) => new(new Row(user.Id, user.Email!));

    internal sealed record Row(string Id, string Email);
}
