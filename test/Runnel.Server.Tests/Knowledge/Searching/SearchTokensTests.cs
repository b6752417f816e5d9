using Runnel.Server.Knowledge.Searching;

namespace Runnel.Server.Tests.Knowledge.Searching;

public class SearchTokensTests
{
    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("北京", "北京 京")]
    [InlineData("住在北京市", "住在 在北 北京 京市 市")]
    [InlineData("我爱Python编程", "我爱 爱 python 编程 程")]
    [InlineData("猫", "猫")]
    [InlineData("ﾊﾝｶｸ", "ハン ンカ カク ク")]
    [InlineData("한국어", "한국 국어 어")]
    [InlineData("Café Müller", "cafe muller")]
    [InlineData("йод", "иод")]
    [InlineData("hobbies cats boss bus", "hobby cat boss bus")]
    [InlineData("Alice's don't", "alice dont")]
    [InlineData("C++ C# F# + #", "c++ c# f#")]
    [InlineData("🍕 yes 👍🏽", "🍕 yes 👍")]
    [InlineData("٣ тест", "٣ тест")]
    [InlineData("a-b_c.d", "a b c d")]
    [InlineData("\" * NEAR( - : ^ )", "near")]
    [InlineData("", "")]
    [InlineData("  \u200b \u0301", "")]
    public void Text_IsCutIntoWordsAndPairs(string text, string tokens) =>
        Assert.Equal(
            tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries), SearchTokens.Of(text).Select(token => token.Text));

    [Fact]
    public void AToken_HasNothingThatASearchTakesForSyntaxOrForItsEnd()
    {
        var text = string.Concat(Enumerable.Range(1, 0xD7FF).Select(code => (char)code));

        Assert.All(SearchTokens.Of(text), token => Assert.All(
            token.Text, character => Assert.True(character > 127 || char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
                || character is '+' or '#', $"{(int)character:X}")));
    }

    [Fact]
    public void Terms_AreBounded_AndTakeTheBeginningAndTheEndOfALongMessage()
    {
        var words = Enumerable.Range(0, 10_000).Select(number => $"word{number}").ToList();

        var terms = SearchTerms.Of(7, string.Join(' ', words));

        Assert.Equal(96, terms.Count);
        Assert.Contains(new SearchTerm("7kword0", false), terms);
        Assert.Contains(new SearchTerm("7kword9999", false), terms);
    }

    [Fact]
    public void Terms_AreEachOnce_WithoutWhatSaysNothing_AndASingleCharacterMayBegin()
    {
        var terms = SearchTerms.Of(12, "Where does the cat live? The CAT! 猫 北京");

        Assert.Equal(
            [new("12kcat", false), new("12klive", false), new("12k猫", true), new("12k北京", false)], terms);
    }
}
