namespace Runnel.Providers.Scripted;

/// <summary>Cuts text the way a model streams it; the pieces joined are the text.</summary>
internal static class Words
{
    private const int ChinesePiece = 2;

    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && !IsBoundary(text, start, at)) continue;
            yield return text[start..at];
            start = at;
        }
    }

    public static bool IsChinese(char letter) => letter is (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');

    /// <summary>White space belongs to the word before it; a Chinese piece is two characters.</summary>
    private static bool IsBoundary(string text, int start, int at) =>
        (char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at]))
        || (IsChinese(text[at]) && at - start >= ChinesePiece && !char.IsHighSurrogate(text[at - 1]));
}
