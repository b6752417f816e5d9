using Microsoft.Extensions.AI;
using Runnel.Server.Answering;

namespace Runnel.Server.Tests.Answering;

public class AnswerTests
{
    [Fact]
    public void HalfACharacter_WaitsForTheOther_AndIsReplacedAtTheEnd()
    {
        var answer = new Answer();

        answer.Add(Update(new TextContent("a\ud83d")));
        Assert.Equal([new Piece("a", false)], answer.TakeNew(isEnd: false));
        answer.Add(Update(new TextContent("\ude00b\ud83d")));
        Assert.Equal([new Piece("\ud83d\ude00b", false)], answer.TakeNew(isEnd: false));
        Assert.Equal([new Piece("\ufffd", false)], answer.TakeNew(isEnd: true));

        Assert.Equal("a\ud83d\ude00b\ufffd", answer.Content);
        Assert.Empty(answer.TakeNew(isEnd: true));
    }

    [Fact]
    public void Pieces_KeepTheOrderOfReasoningAndText()
    {
        var answer = new Answer();

        answer.Add(Update(new TextReasoningContent("r1"), new TextContent("t1")));
        answer.Add(Update(new TextContent("t2"), new TextReasoningContent("r2\ud83d")));
        answer.Add(Update(new TextContent("t3")));

        Assert.Equal(
            [new Piece("r1", true), new Piece("t1t2", false), new Piece("r2\ufffd", true), new Piece("t3", false)],
            answer.TakeNew(isEnd: false));
        Assert.Equal(("t1t2t3", "r1r2\ufffd"), (answer.Content, answer.Reasoning));
    }

    private static ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, contents);
}
