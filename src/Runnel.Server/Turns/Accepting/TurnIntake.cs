using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Streams;

namespace Runnel.Server.Turns.Accepting;

/// <summary>
/// Takes a turn in. A repetition is recognised; its conversation is found, or begun; message, turn and event are committed
/// together; and only then does the turn run or wait, on its own, whatever becomes of the request.
/// </summary>
internal sealed class TurnIntake(
    RunnelDbContext database,
    IEventStreams streams,
    ModelCatalog models,
    TurnAdmission admission,
    IOptions<LimitsOptions> limits)
{
    /// <summary>Takes a message in that was sent.</summary>
    public async Task<Intake> AcceptAsync(string ownerId, SendRequest request, CancellationToken cancellationToken)
    {
        if (MessageRules.Check(request, limits.Value) is { } refused)
            return refused;
        var wanted = new NewTurn(ownerId, request.ThreadId, TurnOpening.Message(request.Message!))
        {
            ClientMessageId = request.ClientMessageId,
            WhenBusy = MessageRules.Policy(request.WhenBusy),
            Model = request.Model,
            DigitalHumanId = request.DigitalHumanId,
        };
        return await AcceptAsync(wanted, cancellationToken);
    }

    /// <summary>Takes a turn in of which every part passed the rules.</summary>
    public async Task<Intake> AcceptAsync(NewTurn wanted, CancellationToken cancellationToken)
    {
        if (await EarlierTurn.FindAsync(database, streams, wanted, cancellationToken) is { } earlier)
            return earlier;
        var partner = await TurnPartner.FindAsync(database, wanted, cancellationToken);
        if (partner.Refused is { } refused)
            return refused;
        if (partner.ModelFor(wanted.Model, models) is not { } model)
            return Problems.Invalid("unknown_model", "There is no model of that name. GET /api/v1/models lists them.");
        if (wanted.ThreadId is null
            && await OwnConversations.IsFullAsync(
                database, wanted.OwnerId, limits.Value.Conversations, cancellationToken))
            return ConversationProblems.TooManyConversations();
        return await admission.AdmitAsync(
            wanted with { DigitalHumanId = partner.Human?.Id }, model, cancellationToken);
    }
}
