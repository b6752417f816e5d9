using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Soak;

/// <summary>Reads all that a conversation's stream has.</summary>
internal sealed class SoakReader(SseReader stream) : IDisposable
{
    public List<SseEvent> Events { get; } = [];

    public static string Path(SoakTalk talk) => $"{talk.Path}/stream?after=0&accumulated=false";

    /// <summary>Reads until so many turns have ended, at least.</summary>
    public async Task ReadAsync(int turns)
    {
        var ended = 0;
        while (ended < turns)
        {
            Events.Add(await stream.NextAsync());
            ended += Events[^1].IsEnd() ? 1 : 0;
        }
    }

    /// <summary>Reads on up to a cursor.</summary>
    public async Task ReadToAsync(string cursor)
    {
        while (Events.Count == 0 || TurnEvents.Number(Events[^1].Id) < TurnEvents.Number(cursor))
            Events.Add(await stream.NextAsync());
    }

    /// <summary>Reads the rest of a stream that ends.</summary>
    public async Task ReadToEndAsync()
    {
        Events.AddRange(await stream.ToEndAsync());
        Assert.Equal("conversation_deleted", Events[^1].Event);
    }

    public void Dispose() => stream.Dispose();
}
