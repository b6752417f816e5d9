using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Running;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>
/// Takes a message in. It is checked; its conversation is found, or begun; message, turn and event are committed together; and
/// only then does the turn run, on its own, whatever becomes of the request.
/// </summary>
internal sealed class TurnIntake(
    RunnelDbContext database,
    IEventStreams streams,
    ModelCatalog models,
    RunningTurns running,
    IOptions<LimitsOptions> limits,
    TimeProvider time)
{
    public async Task<Intake> AcceptAsync(string ownerId, SendRequest request, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(request, limits.Value) is { } refused)
            return refused;
        var message = new NewMessage(ownerId, request.Message!, request.ThreadId, request.ClientMessageId);
        if (await EarlierTurn.FindAsync(database, streams, message, cancellationToken) is { } earlier)
            return earlier;
        if (models.Find(request.Model) is not { } model)
            return Problems.Invalid("unknown_model", "There is no model of that name. GET /api/v1/models lists them.");
        if (request.ThreadId is { } threadId
            && await OwnConversations.FindAsync(database, ownerId, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        return running.TryEnter() ? await BeginAsync(message, model, cancellationToken) : Problems.Draining();
    }

    private async Task<Intake> BeginAsync(NewMessage message, ConfiguredModel model, CancellationToken cancellationToken)
    {
        var started = false;
        try
        {
            var (turn, append) = TurnBegin.Create(message, model, limits.Value.RunningTurnsPerUser, time.GetUtcNow());
            var receipt = await streams.AppendAsync(append);
            running.Start(turn);
            started = true;
            return Intake.Accepted(new AcceptedTurn(
                turn.ThreadId, turn.TurnId, turn.UserMessageId, turn.MessageId, "running", receipt.Before, receipt.OwnerBefore));
        }
        catch (ParticipantRefusedException refusal)
        {
            return await ExplainAsync(refusal, message, cancellationToken);
        }
        finally
        {
            if (!started)
                running.Leave();
        }
    }

    private async Task<Intake> ExplainAsync(
        ParticipantRefusedException refusal, NewMessage message, CancellationToken cancellationToken)
    {
        // The same message may have been accepted between our look and our commit.
        if (await EarlierTurn.FindAsync(database, streams, message, cancellationToken) is { } earlier)
            return earlier;
        return refusal.Participant switch
        {
            TurnBegin.Conversation => Problems.Conflict(
                "turn_running", "An answer is being written in this conversation. Wait for its end, then send again."),
            TurnBegin.Room => Problems.TooMany(
                "too_many_turns", "Too many of your answers are being written. Wait for one to end.", TimeSpan.FromSeconds(2)),
            _ => throw refusal,
        };
    }
}
