using Runnel.Streams.AspNetCore;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Server.Streaming;

/// <summary>Where a response begins that follows what its own request began.</summary>
internal static class FollowStart
{
    /// <summary>Before what was begun; or, when a client comes back, sends the same again and has a cursor, there. Whoever has
    /// seen its end already is told it once more: nothing else would end the response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stream">The stream that it follows.</param>
    /// <param name="before">The position before the first event of what it began.</param>
    /// <param name="endedAt">The number of the event that ended that; null while it goes on.</param>
    /// <param name="isRepeat">Whether it was begun by an earlier request.</param>
    /// <param name="start">The place.</param>
    /// <returns>False for a cursor that is none of this stream's.</returns>
    public static bool TryChoose(
        HttpRequest request, StreamName stream, Cursor before, long? endedAt, bool isRepeat, out StartPosition start)
    {
        start = StartPosition.AfterCursor(before);
        if (!isRepeat)
            return true;
        if (!SseRequest.TryReadStart(request, stream, out var asked))
            return false;
        if (endedAt is { } end && asked.After is { } seen && (seen.Number >= end || seen.Generation != before.Generation))
            start = StartPosition.AfterCursor(before with { Number = end - 1 });
        else if (asked != StartPosition.Now)
            start = asked;
        return true;
    }
}
