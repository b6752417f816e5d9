using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;

namespace Runnel.Server.Conversations;

/// <summary>The refusals that several slices share.</summary>
internal static class ConversationProblems
{
    public static Problem NotFound() =>
        Problems.NotFound("conversation_not_found", "There is no such conversation, or it is not yours. Check thread_id.");

    public static Problem MessageNotFound() =>
        Problems.NotFound("message_not_found", "There is no such message in this conversation. Check message_id.");

    public static Problem TitleTooLong() => Problems.Invalid(
        "title_too_long", $"A title has at most {ConversationTitle.MaxCharacters} characters. Shorten it.");

    public static Problem InvalidLimit(int max) => Problems.BadRequest("invalid_limit", $"limit is a number from 1 to {max}.");

    public static Problem TooManyConversations() => Problems.TooMany(
        "too_many_conversations", "There are as many conversations as an account may keep. Delete one.", TimeSpan.FromMinutes(1));
}
