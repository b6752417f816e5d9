using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>What makes two texts, of a property's value or a description, the same: case, width, white space and the stop at the
/// end do not count.</summary>
internal static class ValueKey
{
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var character in Folded.Of(text).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(character) && !Rune.IsControl(character))
                key.Append(character);
            else if (key.Length > 0 && key[^1] != ' ')
                key.Append(' ');
        }

        var whole = key.ToString();
        return whole.TrimEnd('.', '。', ' ') is { Length: > 0 } trimmed ? trimmed : whole;
    }
}
