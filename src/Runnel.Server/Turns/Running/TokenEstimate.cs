using System.Text;

namespace Runnel.Server.Turns.Running;

/// <summary>How many tokens a text has, roughly, for models that do not say: four characters of an alphabet, or one of CJK.</summary>
internal static class TokenEstimate
{
    public static long Of(StringBuilder text)
    {
        var quarters = 0L;
        foreach (var chunk in text.GetChunks())
        {
            foreach (var character in chunk.Span)
                quarters += character >= '\u2E80' ? 4 : 1;
        }

        return (quarters + 3) / 4;
    }

    public static long Of(int characters) => (characters + 3) / 4;
}
