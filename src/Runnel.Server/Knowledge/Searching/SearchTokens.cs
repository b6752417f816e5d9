using System.Globalization;
using System.Text;
using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>
/// Cuts text into tokens: words of letters and digits without accents and without the plural's s, overlapping pairs of characters
/// where nothing parts words (so that 北京 is found in 住在北京市), and emoji one by one.
/// </summary>
internal sealed class SearchTokens
{
    private const int MaxWord = 48;

    private readonly List<SearchToken> _tokens = [];
    private readonly StringBuilder _word = new();
    private readonly List<string> _run = [];

    private SearchTokens()
    {
    }

    /// <summary>In their order, also more than once.</summary>
    public static IReadOnlyList<SearchToken> Of(string text)
    {
        var tokens = new SearchTokens();
        foreach (var character in Folded.Of(text).EnumerateRunes())
            tokens.Take(character);
        tokens.EndWord();
        tokens.EndRun();
        return tokens._tokens;
    }

    private void Take(Rune character)
    {
        if (IsAccent(character) || character.Value is '\'' or '’')
            return;
        var category = Rune.GetUnicodeCategory(character);
        var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
        if (isMark && _run.Count > 0)
            _run[^1] += character;
        else if (Scripts.HasNoSpaces(character) && (Rune.IsLetterOrDigit(character) || isMark))
            Follow(character);
        else if (Rune.IsLetterOrDigit(character) || isMark || (character.Value is '+' or '#' && _word.Length > 0))
            Spell(character);
        else
            Part(character, category);
    }

    private void Follow(Rune character)
    {
        EndWord();
        _run.Add(character.ToString());
    }

    private void Spell(Rune character)
    {
        EndRun();
        if (_word.Length < MaxWord)
            _word.Append(character);
    }

    private void Part(Rune character, UnicodeCategory category)
    {
        EndWord();
        EndRun();
        if (category == UnicodeCategory.OtherSymbol)
            _tokens.Add(new SearchToken(character.ToString()));
    }

    private void EndWord()
    {
        if (_word.Length > 0)
            _tokens.Add(new SearchToken(Stem(_word.ToString())));
        _word.Clear();
    }

    private void EndRun()
    {
        for (var i = 1; i < _run.Count; i++)
            _tokens.Add(new SearchToken(_run[i - 1] + _run[i]));
        if (_run.Count > 0)
            _tokens.Add(new SearchToken(_run[^1], EndsRun: true, IsAlone: _run.Count == 1));
        _run.Clear();
    }

    /// <summary>Of the letters of Europe; those of other scripts are part of the letter.</summary>
    private static bool IsAccent(Rune character) => character.Value is >= 0x0300 and <= 0x036F;

    /// <summary>Only the plural, as gently as may be: what is cut too far finds what nobody meant.</summary>
    private static string Stem(string word)
    {
        if (word.Length <= 3 || !Ascii.IsValid(word) || word[^1] != 's' || word[^2] is 's' or 'u')
            return word;
        return word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y" : word[..^1];
    }
}
