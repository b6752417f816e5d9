using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Hosting;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns;

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
        var (text, refused) = MessageRules.Check(request, limits.Value);
        if (refused is not null)
            return refused;
        if (models.Find(request.Model) is not { } model)
            return Problems.Invalid("unknown_model", "There is no model of that name. GET /api/v1/models lists them.");
        var message = new NewMessage(ownerId, text, request.ThreadId, request.ClientMessageId);
        if (await EarlierTurn.FindAsync(database, streams, message, cancellationToken) is { } earlier)
            return earlier;
        if (request.ThreadId is { } threadId
            && await OwnConversations.FindAsync(database, ownerId, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        return running.IsDraining ? Problems.Draining() : await BeginAsync(message, model, cancellationToken);
    }

    private async Task<Intake> BeginAsync(NewMessage message, ConfiguredModel model, CancellationToken cancellationToken)
    {
        if (!running.TryReserve(message.OwnerId, limits.Value.RunningTurnsPerUser))
        {
            return Problems.TooMany(
                "too_many_turns", "Too many of your answers are being written. Wait for one to end.", TimeSpan.FromSeconds(2));
        }

        var started = false;
        try
        {
            var (turn, append) = TurnBegin.Create(message, model, time.GetUtcNow());
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
                running.Release(message.OwnerId);
        }
    }

    private async Task<Intake> ExplainAsync(
        ParticipantRefusedException refusal, NewMessage message, CancellationToken cancellationToken)
    {
        // The same message may have been accepted between our look and our commit.
        if (await EarlierTurn.FindAsync(database, streams, message, cancellationToken) is { } earlier)
            return earlier;
        if (refusal.Participant != TurnBegin.Conversation)
            throw refusal;
        return Problems.Conflict(
            "turn_running", "An answer is being written in this conversation. Wait for its end, then send again.");
    }
}
