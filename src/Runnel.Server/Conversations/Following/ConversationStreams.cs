using Runnel.Server.Streaming;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Following;

/// <summary>Which streams there are: one for each conversation, and one for each user with the events of all of theirs.</summary>
internal static class ConversationStreams
{
    private const string OfConversation = "conversation/";
    private const string OfUser = "user/";

    public static StreamName Of(string threadId) => new(OfConversation + threadId);

    /// <summary>The same for what a client calls a thread: false when no thread can be called so.</summary>
    public static bool TryOf(string threadId, out StreamName stream) =>
        StreamName.TryCreate(OfConversation + threadId, out stream);

    public static StreamName OfOwner(string userId) => new(OfUser + userId);

    /// <summary>A conversation's stream, there from its beginning.</summary>
    public static FollowedStream Follow(string threadId) =>
        new(Of(threadId), writer => writer.WriteString("thread_id", threadId));

    /// <summary>A user's stream, which begins with its first event.</summary>
    public static FollowedStream FollowOwner(string userId) =>
        new(OfOwner(userId), writer => writer.WriteNull("thread_id")) { Make = new Append(OfOwner(userId)) };

    /// <summary>The thread of a conversation's stream; null for a user's.</summary>
    public static string? ThreadIdOf(StreamName stream) =>
        stream.Value.StartsWith(OfConversation, StringComparison.Ordinal) ? stream.Value[OfConversation.Length..] : null;

    /// <summary>The user of a user's stream; null for a conversation's.</summary>
    public static string? OwnerIdOf(StreamName stream) =>
        stream.Value.StartsWith(OfUser, StringComparison.Ordinal) ? stream.Value[OfUser.Length..] : null;
}
