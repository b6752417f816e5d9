using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.Testing.Model;

/// <summary>A reader of one stream, checked against the model at everything it reads.</summary>
public sealed class ModelReader(Follower follower, StreamModel stream) : IDisposable
{
    private readonly LogEntry[] _buffer = new LogEntry[3];

    public StreamModel Stream => stream;

    public Cursor Position => follower.Position;

    /// <summary>Reads all there is, and checks that it is what the model has: each event once, in order.</summary>
    public async Task ReadAsync()
    {
        var expected = follower.Number;
        while (await follower.ReadAsync(_buffer, TestContext.Current.CancellationToken) is > 0 and var count)
        {
            for (var i = 0; i < count; i++)
                ModelCheck.Entry(_buffer[i], ++expected, stream);
        }

        Assert.Equal(expected, follower.Number);
        if (stream.IsDeleted || follower.Number < stream.First - 1)
        {
            // Whoever has read to the end of a stream that had ended is at its end, deleted or not.
            Assert.True(follower.IsCut || (stream.IsEnded && follower.IsAtEnd));
            return;
        }

        Assert.False(follower.IsCut);
        Assert.Equal(stream.Last, follower.Number);
        Assert.Equal(stream.IsEnded, follower.IsAtEnd);
    }

    public void Dispose() => follower.Dispose();
}
