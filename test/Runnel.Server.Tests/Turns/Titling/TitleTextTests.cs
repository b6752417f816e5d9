using Runnel.Server.Turns.Titling;

namespace Runnel.Server.Tests.Turns.Titling;

public class TitleTextTests
{
    [Theory]
    [InlineData("Rivers and water", "Rivers and water")]
    [InlineData("\n\n **Title: \"Rivers and water.\"** \nBecause it is about rivers.", "Rivers and water")]
    [InlineData("# Rivers\tand  water", "Rivers and water")]
    [InlineData("标题：《河流与水》。", "河流与水")]
    [InlineData("「河流与水」", "河流与水")]
    [InlineData("<think>They want\na title</think>\nRivers", "Rivers")]
    [InlineData("C# and F#", "C# and F#")]
    [InlineData("a\u0000b", "a\ufffdb")]
    public void Title_IsOneLineWithoutOrnaments(string answer, string title) => Assert.Equal(title, TitleText.From(answer));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\"\"\n***")]
    [InlineData("<think>and thought and thought")]
    [InlineData("Certainly, here is a title for the conversation that you have shown to me, as well as I could make it")]
    public void Answer_IsNoTitle_WhenItIsEmptyOrALongSentence(string answer) => Assert.Null(TitleText.From(answer));
}
