using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>Somebody who follows one stream from its first event, and goes on where they were after every break.</summary>
/// <param name="path">The stream.</param>
/// <param name="restless">Gives after how many events to hang up and come back; null: only when the server dies.</param>
internal sealed class Follower(string path, Random? restless = null)
{
    private const int Longest = 40;

    public Transcript Seen { get; } = new(path, "0");

    /// <summary>Follows until the server dies.</summary>
    public Task FollowAsync(Speaker speaker) => Death.WaitAsync(async () =>
    {
        while (true)
            await ReadAsync(speaker, restless?.Next(1, Longest) ?? int.MaxValue, end: null);
    });

    /// <summary>Reads what is left up to a cursor, and compares all that was ever seen with the log.</summary>
    public async Task CatchUpAsync(Speaker speaker, Transcript log)
    {
        while (Seen.Cursor != log.Cursor)
            await ReadAsync(speaker, restless?.Next(1, Longest) ?? int.MaxValue, log.Cursor);
        Seen.AssertIs(log);
    }

    private async Task ReadAsync(Speaker speaker, int most, string? end)
    {
        var cursor = Seen.Cursor;
        using var stream = await speaker.OpenAsync(path + "?accumulated=false", cursor);
        var connected = await stream.NextAsync("connected");
        if (cursor != "0")
            Assert.Equal(cursor, connected.Id);
        for (; most > 0 && Seen.Cursor != end; most--)
            Seen.Add(await stream.NextAsync());
    }
}
