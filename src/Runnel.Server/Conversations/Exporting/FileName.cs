using System.Globalization;
using System.Text;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>A name that every file system takes: letters and digits of any script, and the day.</summary>
internal static class FileName
{
    private const int MaxCharacters = 60;

    public static string Of(string title, DateTimeOffset day, string extension)
    {
        var name = new StringBuilder();
        foreach (var rune in title.EnumerateRunes().Take(MaxCharacters))
        {
            if (IsPlain(rune))
                name.Append(rune);
            else if (name.Length > 0 && name[^1] != ' ')
                name.Append(' ');
        }

        var text = name.ToString().Trim();
        var date = day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{(text.Length == 0 ? "conversation" : text)} {date}.{extension}";
    }

    private static bool IsPlain(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
