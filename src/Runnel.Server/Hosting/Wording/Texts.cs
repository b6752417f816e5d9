using System.Text;

namespace Runnel.Server.Hosting.Wording;

/// <summary>What every database and every client can hold: NUL and lone surrogates become U+FFFD at the door.</summary>
internal static class Texts
{
    private const char Replacement = '\uFFFD';

    public static string Clean(string text)
    {
        var index = FirstBad(text, 0);
        if (index < 0)
            return text;
        var clean = new StringBuilder(text);
        for (; index >= 0; index = FirstBad(text, index + 1))
            clean[index] = Replacement;
        return clean.ToString();
    }

    /// <summary>Whether it has more characters than so many, an emoji counted as one.</summary>
    public static bool IsLonger(string text, int characters) =>
        text.Length > characters && text.EnumerateRunes().Count() > characters;

    private static int FirstBad(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return i;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
