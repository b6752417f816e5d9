using System.Text.Json;
using Runnel.Server.Tests.Fixtures;
using Xunit.Sdk;

namespace Runnel.Server.Tests.Crash;

/// <summary>That the comparison finds what it is there to find.</summary>
public sealed class TranscriptTests
{
    private static readonly SseEvent[] log = [Message(1), Text(2, "a"), Text(3, "b"), Text(4, "c"), End(5, "abc")];

    [Fact]
    public void Seen_IsTheLog_HoweverItsChunksWerePutTogether()
    {
        Of(Message(1), Text(2, "a"), Text(4, "bc"), End(5, "abc")).AssertIs(Of(log));
        Of(Message(1), Text(4, "abc"), End(5, "abc")).AssertIs(Of(log));
        Of(log).AssertIs(Of(Message(1), Text(4, "abc"), End(5, "abc")));
    }

    [Fact]
    public void Seen_BeginsTheLog_WhenItWasCutInMidAnswer()
    {
        Of(Message(1), Text(2, "a"), Text(3, "b")).AssertBegins(Of(log));
        Of(Message(1)).AssertBegins(Of(log));
        Of().AssertBegins(Of(log));
        Assert.Throws<EqualException>(() => Of(Message(1), Text(3, "ab")).AssertIs(Of(log)));
    }

    [Fact]
    public void Seen_IsRefused_WhenTheLogLostOrChangedIt()
    {
        AssertDiffer([Message(1), Text(3, "ab"), End(4, "ab")]);
        AssertDiffer([Message(1), Text(4, "abx"), End(5, "abx")]);
        AssertDiffer([Message(1), Text(4, "abc"), End(5, "abc", "other")]);
        AssertDiffer([Message(1), Text(4, "abc")]);
        AssertDiffer([Message(1, "other"), Text(4, "abc"), End(5, "abc")]);
    }

    [Fact]
    public void Seen_IsRefused_WhenAChunkIsMissingOrDoubled()
    {
        Assert.Throws<TrueException>(() => Of(Message(1), Text(2, "a"), Text(4, "c")).AssertBegins(Of(log)));
        Assert.Throws<TrueException>(() => Of(Message(1), Text(3, "aab")).AssertBegins(Of(log)));
    }

    [Fact]
    public void Event_IsRefused_WhenItComesAgainOrLeavesAGap()
    {
        Assert.Throws<TrueException>(() => Of(Message(1), Text(2, "a"), Text(2, "a")));
        Assert.Throws<TrueException>(() => Of(Message(1), Message(1)));
        Assert.Throws<TrueException>(() => Of(Message(1), End(3, "")));
        Assert.Throws<TrueException>(() => Of(Message(2)));
    }

    [Fact]
    public void Seen_IsComparedFromItsCursorOn()
    {
        var late = new Transcript("here", "m.g.1");
        late.Add(Text(2, "a"));
        late.AssertBegins(Of(log));
        Assert.Equal(1, late.Events);
    }

    private static void AssertDiffer(SseEvent[] logged) =>
        Assert.Throws<TrueException>(() => Of(log).AssertBegins(Of(logged)));

    private static Transcript Of(params SseEvent[] events)
    {
        var transcript = new Transcript("here", "0");
        Array.ForEach(events, transcript.Add);
        return transcript;
    }

    private static SseEvent Message(long number, string content = "go") => Event("user_message", number, new { content });

    private static SseEvent Text(long number, string content) =>
        Event(TurnEvents.Chunk, number, new { message_id = "1", content });

    private static SseEvent End(long number, string final_content, string model = "fake") =>
        Event(TurnEvents.Complete, number, new { final_content, model });

    private static SseEvent Event(string name, long number, object data) =>
        new(name, JsonSerializer.SerializeToElement(data), $"m.g.{number}");
}
