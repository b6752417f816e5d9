using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Models;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What commits when a turn is accepted: the conversation, if it is new; the user's message; the answer, hidden; the
/// turn; and the events that show the message, and its place if it waits.</summary>
internal static class TurnBegin
{
    private const int TitleCharacters = 60;

    public static (Turn Turn, Append Append) Create(
        NewTurn wanted, ConfiguredModel model, TurnPlace place, int limit, DateTimeOffset now)
    {
        var opening = wanted.Opening;
        var begun = wanted.ThreadId is null
            ? NewConversation.BegunByMessage(wanted.OwnerId, Title(opening.Text), wanted.DigitalHumanId, now)
            : null;
        var turn = new Turn(
            NewId(now), wanted.ThreadId ?? begun!.ThreadId, wanted.OwnerId, opening.AnsweredId ?? NewId(now), NewId(now), model)
        {
            DigitalHumanId = wanted.DigitalHumanId,
            HasOwnMessage = opening.AnsweredId is null,
        };
        var rows = BeginRows.Of(turn, wanted, place, limit, now);
        return (turn, new Append(ConversationStreams.Of(turn.ThreadId), [.. Events(turn, wanted, place, now)])
        {
            Owner = ConversationStreams.OfOwner(turn.OwnerId),
            Participants = begun is null ? rows : [begun.Insert(), .. rows],
        });
    }

    private static IEnumerable<NewEvent> Events(Turn turn, NewTurn wanted, TurnPlace place, DateTimeOffset now)
    {
        if (turn.HasOwnMessage)
        {
            yield return ConversationEvents.From(new UserMessage(
                turn.ThreadId, turn.TurnId, turn.UserMessageId, wanted.Opening.Text, wanted.ClientMessageId, now));
        }

        if (!wanted.Opening.FollowsBranch)
            yield return ConversationEvents.From(new ConversationUpdated(turn.ThreadId) { ActiveMessageId = turn.UserMessageId });
        if (place.Queue is not { } queue)
            yield break;
        yield return ConversationEvents.From(new TurnQueued(turn.ThreadId, turn.TurnId, place.Position));
        var moved = place.IsAhead ? queue.Queued : [];
        foreach (var position in QueueRows.Positions(turn.ThreadId, moved, first: 2))
            yield return position;
    }

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    private static string Title(string text)
    {
        var line = text.Trim().Split('\n', 2)[0].Trim();
        return line.Length <= TitleCharacters ? line : Texts.Clean(line[..TitleCharacters]).TrimEnd('\uFFFD') + "…";
    }
}
