using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>Korean syllables that came in their letters are made whole, as they are written nearly everywhere.</summary>
internal static class Syllables
{
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeTails = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    public static IEnumerable<Rune> Compose(IReadOnlyList<Rune> characters)
    {
        for (var i = 0; i < characters.Count; i++)
        {
            var (lead, vowel) = (characters[i].Value - FirstLead, ValueAt(characters, i + 1) - FirstVowel);
            var (tail, isOpen) = (ValueAt(characters, i + 1) - BeforeTails, IsWithoutTail(characters[i]));
            if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            {
                tail = ValueAt(characters, ++i + 1) - BeforeTails;
                if (tail is > 0 and < Tails)
                    i++;
                yield return new Rune(FirstSyllable + ((((lead * Vowels) + vowel) * Tails) + (tail is > 0 and < Tails ? tail : 0)));
            }
            else if (isOpen && tail is > 0 and < Tails)
            {
                yield return new Rune(characters[i++].Value + tail);
            }
            else
            {
                yield return characters[i];
            }
        }
    }

    private static int ValueAt(IReadOnlyList<Rune> characters, int index) =>
        index < characters.Count ? characters[index].Value : 0;

    private static bool IsWithoutTail(Rune character) =>
        character.Value is >= FirstSyllable and < FirstSyllable + (Leads * Vowels * Tails)
        && (character.Value - FirstSyllable) % Tails == 0;
}
