using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Running;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What commits when a turn begins: the conversation, if it is new; the user's message; the turn; and the event that
/// shows the message. The conversation takes one running turn at a time: its row refuses a second.</summary>
internal static class TurnBegin
{
    /// <summary>The participant that refuses when another turn runs, or the conversation is gone.</summary>
    public const string Conversation = "conversation is free";

    /// <summary>The participant that refuses when the user has no place left, or the client's name for it was used.</summary>
    public const string Room = "user has room";

    private const int TitleCharacters = 60;

    public static (Turn Turn, Append Append) Create(
        NewMessage message, ConfiguredModel model, int places, DateTimeOffset now)
    {
        var begun = message.ThreadId is null
            ? NewConversation.BegunByMessage(message.OwnerId, Title(message.Text), now)
            : null;
        var turn = new Turn(
            NewId(now), message.ThreadId ?? begun!.ThreadId, message.OwnerId, NewId(now), NewId(now), model);
        var shown = new UserMessage(
            turn.ThreadId, turn.TurnId, turn.UserMessageId, message.Text, message.ClientMessageId, now);
        var values = Values(turn, message, places, now);
        Participant[] participants =
            [InsertMessage(values), UpdateConversation(values), InsertTurn(values)];
        return (turn, new Append(ConversationStreams.Of(turn.ThreadId), ConversationEvents.From(shown))
        {
            Owner = ConversationStreams.OfOwner(turn.OwnerId),
            Participants = begun is null ? participants : [begun.Insert(), .. participants],
        });
    }

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    private static string Title(string text)
    {
        var line = text.Trim().Split('\n', 2)[0].Trim();
        return line.Length <= TitleCharacters ? line : Texts.Clean(line[..TitleCharacters]).TrimEnd('\uFFFD') + "…";
    }

    private static Participant InsertMessage(Dictionary<string, object?> values) => new(
        "message",
        """
        insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, created_at)
        select @user_message, thread_id, active_message_id, @turn, 'user', 'complete', @content, @now
        from conversations where thread_id = @thread
        """,
        Pick(values, "user_message", "turn", "content", "now", "thread"));

    /// <summary>The limit is asked here, where turns begin and end one after the other: a place is free as soon as the event
    /// that ends a turn is seen, and a message that was sent twice at once takes one place.</summary>
    private static Participant InsertTurn(Dictionary<string, object?> values) => new(
        Room,
        """
        insert into turns (turn_id, thread_id, owner_id, user_message_id, message_id, model, status, client_message_id,
          started_after, owner_started_after, created_at)
        select @turn, @thread, @owner, @user_message, @message, @model, 'running', @client_message,
          @started_after, @owner_started_after, @now
        where (select count(*) from turns where owner_id = @owner and status in ('queued', 'running')) < @places
        """,
        Pick(
            values, "turn", "thread", "owner", "user_message", "message", "model", "client_message", "started_after",
            "owner_started_after", "places", "now"));

    private static Participant UpdateConversation(Dictionary<string, object?> values) => new(
        Conversation,
        """
        update conversations
        set running_turn_id = @turn, active_message_id = @user_message, position = @position, updated_at = @now
        where thread_id = @thread and owner_id = @owner and running_turn_id is null
        """,
        Pick(values, "turn", "user_message", "position", "now", "thread", "owner"));

    private static Dictionary<string, object?> Values(
        Turn turn, NewMessage message, int places, DateTimeOffset now) => new()
    {
        ["turn"] = turn.TurnId,
        ["thread"] = turn.ThreadId,
        ["owner"] = turn.OwnerId,
        ["user_message"] = turn.UserMessageId,
        ["message"] = turn.MessageId,
        ["model"] = turn.Model.Model,
        ["content"] = message.Text,
        ["client_message"] = message.ClientMessageId,
        ["started_after"] = EventNumber.Before,
        ["owner_started_after"] = EventNumber.OwnerBefore,
        ["places"] = places,
        ["position"] = EventNumber.Last,
        ["now"] = UtcText.Write(now),
    };

    private static Dictionary<string, object?> Pick(Dictionary<string, object?> values, params string[] names) =>
        names.ToDictionary(name => name, name => values[name]);
}
