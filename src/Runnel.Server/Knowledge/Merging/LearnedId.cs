using System.Security.Cryptography;
using System.Text;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>Ids that follow from where something was learned and what it is: a step that runs twice makes the same ones, and
/// what is learned anew after it was forgotten gets another one.</summary>
internal static class LearnedId
{
    private const int Characters = 24;

    public static string Of(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))))[..Characters];
}
