using System.Globalization;
using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>
/// Text as it is compared: two that differ only in width, in ligatures, in how accents are composed, in case or in characters
/// that nobody sees are the same. Accents themselves stay.
/// </summary>
internal static class Folded
{
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var characters = new List<Rune>(text.Length);
        foreach (var character in text.EnumerateRunes())
            Decompose(character, characters);
        Order(characters);
        var folded = new StringBuilder(characters.Count);
        foreach (var character in Syllables.Compose(characters))
            Append(folded, character);
        return folded.ToString();
    }

    private static void Decompose(Rune character, List<Rune> into)
    {
        if (IsUnseen(character))
            return;
        if (Decompositions.Of(character) is { } parts)
            into.AddRange(parts);
        else
            into.Add(character);
    }

    /// <summary>Joiners and marks of direction, and selectors between two drawings of the same character.</summary>
    private static bool IsUnseen(Rune character) =>
        Rune.GetUnicodeCategory(character) == UnicodeCategory.Format || character.Value is >= 0xFE00 and <= 0xFE0F;

    /// <summary>Marks on one letter, in the one order that Unicode gives them.</summary>
    private static void Order(List<Rune> characters)
    {
        for (var i = 1; i < characters.Count; i++)
        {
            var rank = Decompositions.ClassOf(characters[i]);
            for (var j = i; rank > 0 && j > 0 && Decompositions.ClassOf(characters[j - 1]) > rank; j--)
                (characters[j], characters[j - 1]) = (characters[j - 1], characters[j]);
        }
    }

    private static void Append(StringBuilder folded, Rune character)
    {
        var lower = Rune.ToLowerInvariant(character);
        switch (lower.Value)
        {
            case 'ß':
                folded.Append("ss");
                break;
            case 'ς':
                folded.Append('σ');
                break;
            default:
                folded.Append(lower);
                break;
        }
    }
}
