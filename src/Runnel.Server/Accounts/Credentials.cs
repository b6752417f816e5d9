namespace Runnel.Server.Accounts;

/// <summary>What <c>register</c> and <c>login</c> take.</summary>
internal sealed record Credentials(string? Email, string? Password)
{
    public string EmailAddress => Email?.Trim() ?? "";

    public string Secret => Password ?? "";
}
