using System.Security.Cryptography;
using System.Text;

namespace Runnel.Server.Auth.Keys;

/// <summary>How a key looks: <c>rk_</c> and 43 characters for 256 random bits.</summary>
internal static class ApiKeyText
{
    private const string Prefix = "rk_";
    private const int RandomBytes = 32;
    private const int HintCharacters = 4;

    /// <summary>No key is longer.</summary>
    private const int MostCharacters = 64;

    public static string New() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(
        RandomNumberGenerator.GetBytes(RandomBytes));

    public static bool LooksLikeOne(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length <= MostCharacters;

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static string HintOf(string key) => key[^HintCharacters..];
}
