using System.Net.Mail;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>What can be the name of an account.</summary>
internal static class EmailAddress
{
    /// <summary>RFC 5321 lets none be longer.</summary>
    public const int MostCharacters = 254;

    public static bool LooksLikeOne(string text) =>
        text.Length is > 0 and <= MostCharacters
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
