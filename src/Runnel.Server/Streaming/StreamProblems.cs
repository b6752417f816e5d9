using Runnel.Server.Hosting;

namespace Runnel.Server.Streaming;

/// <summary>The refusals that every follow endpoint shares.</summary>
internal static class StreamProblems
{
    public static Problem InvalidCursor() => Problems.BadRequest(
        "invalid_cursor",
        "The cursor is malformed or belongs to another stream. Use one that this stream gave, or 0 for all that is kept.");

    public static Problem TooManyStreams() => Problems.TooMany(
        "too_many_streams", "Too many streams are open. Close one, or come back later.", TimeSpan.FromSeconds(2));
}
