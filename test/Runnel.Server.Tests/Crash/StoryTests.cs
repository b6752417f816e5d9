using System.Text.Json;
using Runnel.Server.Tests.Fixtures;
using Xunit.Sdk;

namespace Runnel.Server.Tests.Crash;

/// <summary>That a turn is refused which did not end as turns end.</summary>
public sealed class StoryTests
{
    [Fact]
    public void Turn_IsTold_WhenItEndsOnceWithItsText()
    {
        var story = Told(Text("a"), Text("b"), Complete("ab"));

        Assert.True(story.IsEnded);
        story.AssertAnswers(new Said("id", "go", "ab"));
        Assert.Throws<EqualException>(() => story.AssertAnswers(new Said("id", "go", "abc")));
        Assert.Throws<EqualException>(() => story.AssertAnswers(new Said("id", "stop", "ab")));
    }

    [Fact]
    public void Turn_IsRefused_WhenItGoesOnAfterItsEnd()
    {
        Assert.Throws<FalseException>(() => Told(Text("a"), Complete("a"), Text("b")));
        Assert.Throws<FalseException>(() => Told(Text("a"), Complete("a"), Error("a")));
    }

    [Fact]
    public void Turn_IsRefused_WhenItsEndHasAnotherText()
    {
        Assert.Throws<EqualException>(() => Told(Text("a"), Text("b"), Complete("a")));
        Assert.Throws<EqualException>(() => Told(Text("a"), Error("")));
    }

    [Fact]
    public void Turn_ThatWasStopped_HasTheBeginningOfItsText()
    {
        var story = Told(Text("a"), Complete("a", "stopped"));

        Assert.True(story.IsStopped);
        story.AssertAnswers(new Said("id", "go", "ab"));
        Assert.Throws<StartsWithException>(() => story.AssertAnswers(new Said("id", "go", "b")));
        Assert.Equal("stopped", story.Messages().Last().Status);
    }

    [Fact]
    public void TextThatWasWithdrawn_IsNotPartOfTheAnswer() =>
        Told(Text("a"), Of(TurnEvents.Reset, new { turn_id = "t" }), Text("b"), Complete("b")).AssertAnswers(new Said("id", "go", "b"));

    [Fact]
    public void Log_IsRefused_WhenATurnHasNoEnd()
    {
        var log = new Transcript("here", "0");
        log.Add(new SseEvent("user_message", Message.Data, "m.g.1"));
        Assert.Throws<AllException>(() => Verdict.Stories(log));
        log.Add(new SseEvent(TurnEvents.Error, Error("").Data, "m.g.2"));
        Assert.True(Assert.Single(Verdict.Stories(log)).Value.IsInterrupted);
    }

    private static Line Message { get; } =
        Of("user_message", new { turn_id = "t", content = "go", client_message_id = "id" });

    private static Story Told(params Line[] lines)
    {
        var story = new Story(Message);
        Array.ForEach(lines, story.Tell);
        return story;
    }

    private static Line Text(string content) => Of(TurnEvents.Chunk, new { turn_id = "t", message_id = "1", content });

    private static Line Complete(string final_content, string finish_reason = "stop") =>
        Of(TurnEvents.Complete, new { turn_id = "t", final_content, finish_reason });

    private static Line Error(string partial_content) =>
        Of(TurnEvents.Error, new { turn_id = "t", partial_content, code = "interrupted" });

    private static Line Of(string name, object data) =>
        Line.Of(new SseEvent(name, JsonSerializer.SerializeToElement(data), "m.g.1"));
}
