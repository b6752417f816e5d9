using Runnel.Server.Conversations.Exporting;

namespace Runnel.Server.Tests.Conversations.Exporting;

public class MarkdownTextTests
{
    [Theory]
    [InlineData("plain words, 3.5 of them (or so).", "plain words, 3.5 of them (or so).")]
    [InlineData("# no title", "\\# no title")]
    [InlineData("1. no list", "1\\. no list")]
    [InlineData("12) no list", "12\\) no list")]
    [InlineData("- no list", "\\- no list")]
    [InlineData("===", "\\===")]
    [InlineData("a *b* _c_ `d`", "a \\*b\\* \\_c\\_ \\`d\\`")]
    [InlineData("<b>&lt;", "\\<b\\>\\&lt;")]
    [InlineData("![a](b) [c]: d", "!\\[a\\](b) \\[c\\]: d")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("    code", "&nbsp;&nbsp;&nbsp;&nbsp;code")]
    [InlineData("a  \nb\r\nc\rd", "a  \nb  \nc  \nd")]
    [InlineData("a\n\nb", "a\n\nb")]
    public void Literal_ShowsTextAsItWasWritten(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.Literal(text));

    [Theory]
    [InlineData("a <b>bold</b>", "a \\<b>bold\\</b>")]
    [InlineData("1 < 2 and `<b>` and ``<c>` ``", "1 < 2 and `<b>` and ``<c>` ``")]
    [InlineData("`open <b>", "`open \\<b>")]
    [InlineData("\\<b>", "\\<b>")]
    [InlineData("\\\\<b>", "\\\\\\<b>")]
    [InlineData("<!-- <?x", "\\<!-- \\<?x")]
    [InlineData("```html\n<b>\n````\n<c>", "```html\n<b>\n````\n\\<c>")]
    [InlineData("~~~\n```\n<b>\n~~~\n<c>", "~~~\n```\n<b>\n~~~\n\\<c>")]
    [InlineData("``` `x`\n<b>", "``` `x`\n\\<b>")]
    public void WithoutHtml_EscapesTags_ButNotInCode(string markdown, string expected) =>
        Assert.Equal(expected, MarkdownText.WithoutHtml(markdown));

    [Theory]
    [InlineData("a", "> a")]
    [InlineData("a\r\nb\rc\n\nd", "> a\n> b\n> c\n>\n> d")]
    [InlineData("", ">")]
    public void Quote_HoldsEveryLine(string text, string expected) => Assert.Equal(expected, MarkdownText.Quote(text));
}
