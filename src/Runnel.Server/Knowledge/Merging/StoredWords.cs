using System.Text;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>A model's words as they are stored.</summary>
internal static class StoredWords
{
    /// <summary>A name on one line; null when it is empty or too long to be one.</summary>
    public static string? Name(string? text, int limit) =>
        OneLine.Of(Texts.Clean(text ?? "")) is { Length: > 0 } name && !Texts.IsLonger(name, limit) ? name : null;

    /// <summary>A text, cut where it is too long; null when it is empty.</summary>
    public static string? Text(string? text, int limit)
    {
        var clean = Texts.Clean(text ?? "").Trim();
        if (clean.Length == 0)
            return null;
        if (!Texts.IsLonger(clean, limit))
            return clean;
        var cut = new StringBuilder(limit);
        foreach (var character in clean.EnumerateRunes().Take(limit - 1))
            cut.Append(character);
        return cut.Append('…').ToString();
    }
}
