using System.Globalization;
using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>
/// What makes two spellings one name. Case, width, white space and most punctuation do not count: <c>Jean-Luc</c> is
/// <c>jean luc</c>, <c>U.S.A.</c> is <c>USA</c>, <c>《三体》</c> is <c>三体</c>, <c>ＡＢＣ 公司</c> is <c>ABC公司</c>. Signs that
/// tell names apart do: <c>C</c>, <c>C++</c> and <c>C#</c> are three. So do accents, and words: a name that another one contains
/// is not the same, since two that were merged by mistake can never be told apart again.
/// </summary>
internal static class NameKey
{
    /// <summary>Not empty for a name that is not white space.</summary>
    public static string Of(string name)
    {
        var characters = Folded.Of(name).EnumerateRunes().ToList();
        var key = new StringBuilder(characters.Count);
        var gap = false;
        Rune? last = null;
        for (var i = 0; i < characters.Count; i++)
        {
            if (IsBetweenDigits(characters, i) || !IsPassedOver(characters[i]))
            {
                if (gap && last is { } before && !Scripts.HasNoSpaces(before) && !Scripts.HasNoSpaces(characters[i]))
                    key.Append(' ');
                key.Append(characters[i]);
                (gap, last) = (false, characters[i]);
            }
            else
            {
                gap |= !IsWithinWord(characters[i]);
            }
        }

        return key.Length > 0 ? key.ToString() : ValueKey.Of(name);
    }

    /// <summary>Then it tells numbers and dates apart.</summary>
    private static bool IsBetweenDigits(List<Rune> characters, int index) =>
        characters[index].Value is '.' or ',' && index > 0 && index + 1 < characters.Count
        && Rune.IsDigit(characters[index - 1]) && Rune.IsDigit(characters[index + 1]);

    private static bool IsPassedOver(Rune character) =>
        character.Value is not ('#' or '&' or '%' or '@')
        && (Rune.IsWhiteSpace(character) || Rune.IsControl(character) || Rune.IsPunctuation(character)
            || Rune.GetUnicodeCategory(character) == UnicodeCategory.ModifierSymbol && character.Value < 0x1F3FB);

    /// <summary>What some leave out within a word; all else parts two words.</summary>
    private static bool IsWithinWord(Rune character) => character.Value is '.' or '\'' or '’' or '‘' or 'ʼ' or '`' or '´';
}
