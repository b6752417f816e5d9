using Runnel.Server.Hosting;

namespace Runnel.Server.Conversations;

/// <summary>The refusals that several slices share.</summary>
internal static class ConversationProblems
{
    public static Problem NotFound() =>
        Problems.NotFound("conversation_not_found", "There is no such conversation, or it is not yours. Check thread_id.");

    public static Problem InvalidCursor() => Problems.BadRequest(
        "invalid_cursor",
        "The cursor is malformed or belongs to another stream. Use one that this stream gave, or 0 for all that is kept.");

    public static Problem TooManyStreams() => Problems.TooMany(
        "too_many_streams", "Too many streams are open. Close one, or come back later.", TimeSpan.FromSeconds(2));
}
