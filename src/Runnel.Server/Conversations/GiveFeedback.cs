using System.Text.Json.Serialization;
using Runnel.Server.Auth;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>PUT /conversations/{thread_id}/messages/{message_id}/feedback</c>: what the reader thinks of an answer. It takes
/// the place of what they thought before.</summary>
internal static class GiveFeedback
{
    private const int MaxComment = 2000;
    private const string None = "none";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/conversations/{threadId}/messages/{messageId}/feedback", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        string threadId,
        string messageId,
        Request? request,
        CurrentUser user,
        RunnelDbContext database,
        ConversationChange changes,
        CancellationToken cancellationToken)
    {
        if (await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        if (await OneMessage.FindAsync(database, threadId, messageId, cancellationToken) is not { } rated)
            return ConversationProblems.MessageNotFound();
        if (rated.Role != "assistant")
            return Problems.Invalid("not_an_answer", "Feedback is for answers. Name the message of an answer.");
        if (request?.Rating is not ("up" or "down" or None))
            return Problems.Invalid("invalid_rating", "rating is up, down or none.");
        if (request.Comment is { Length: > MaxComment })
            return Problems.Invalid("comment_too_long", $"A comment has at most {MaxComment} characters. Shorten it.");
        var comment = request.Rating == None || string.IsNullOrWhiteSpace(request.Comment) ? null : request.Comment.Trim();
        var given = new Feedback(messageId, request.Rating, comment);
        return await changes.TryAsync(
            user.Id,
            new ConversationUpdated(threadId) { Feedback = given },
            FeedbackRow.Of(threadId, given),
            ConversationPosition.Move(threadId, user.Id))
            ? Results.NoContent()
            : ConversationProblems.NotFound();
    }

    internal sealed record Request(string? Rating, [property: JsonConverter(typeof(TextConverter))] string? Comment);
}
