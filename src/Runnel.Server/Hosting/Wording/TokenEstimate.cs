using System.Text;

namespace Runnel.Server.Hosting.Wording;

/// <summary>How many tokens a text has, roughly, for models that do not say: four characters of an alphabet, or one of CJK.</summary>
internal static class TokenEstimate
{
    private const int QuartersOfAToken = 4;

    public static long Of(StringBuilder text)
    {
        var quarters = 0L;
        foreach (var chunk in text.GetChunks())
            quarters += Quarters(chunk.Span);
        return Tokens(quarters);
    }

    public static long Of(ReadOnlySpan<char> text) => Tokens(Quarters(text));

    private static long Quarters(ReadOnlySpan<char> text)
    {
        var quarters = 0L;
        foreach (var character in text)
            quarters += character >= '\u2E80' ? QuartersOfAToken : 1;
        return quarters;
    }

    private static long Tokens(long quarters) => (quarters + QuartersOfAToken - 1) / QuartersOfAToken;
}
