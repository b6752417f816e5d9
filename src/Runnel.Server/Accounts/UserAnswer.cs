using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>An account as its owner sees it.</summary>
internal sealed record UserAnswer(UserAnswer.Row User)
{
    public static UserAnswer Of(Account user) => new(new Row(user.Id, user.Email, user.IsAdministrator));

    internal sealed record Row(string Id, string? Email, bool IsAdministrator);
}
