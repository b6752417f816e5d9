using Runnel.Server.Conversations.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>What a person thinks of an answer stands in the answer's row.</summary>
internal static class FeedbackRow
{
    public static Participant Of(string threadId, Feedback given) => new(
        "answer",
        """
        update messages set rating = @rating, rating_comment = @comment
        where message_id = @message and thread_id = @thread and role = 'assistant'
        """,
        new Dictionary<string, object?>
        {
            ["rating"] = given.Rating == "none" ? null : given.Rating,
            ["comment"] = given.Comment,
            ["message"] = given.MessageId,
            ["thread"] = threadId,
        });
}
