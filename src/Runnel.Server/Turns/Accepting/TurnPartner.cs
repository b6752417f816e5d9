using Runnel.Server.Conversations;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Models;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Accepting;

/// <summary>With whom somebody wants to talk: a digital human, or nobody in particular. A conversation stays with whom it began,
/// and goes on as long as its user may talk to them.</summary>
internal readonly record struct TurnPartner(Problem? Refused, DigitalHuman? Human)
{
    public static async Task<TurnPartner> FindAsync(
        RunnelDbContext database, NewTurn wanted, CancellationToken cancellationToken)
    {
        var asked = wanted.DigitalHumanId;
        if (wanted.ThreadId is { } threadId)
        {
            var conversation = await OwnConversations.FindAsync(database, wanted.OwnerId, threadId, cancellationToken);
            if (conversation is null)
                return new(ConversationProblems.NotFound(), null);
            if (asked is not null && asked != conversation.DigitalHumanId)
                return new(DigitalHumanProblems.Mismatch(), null);
            asked = conversation.DigitalHumanId;
        }

        if (asked is not { } id)
            return default;
        var human = await OwnDigitalHumans.FindUsableAsync(database, wanted.OwnerId, id, cancellationToken);
        if (human is not null)
            return new(null, human);
        return new(wanted.ThreadId is null ? DigitalHumanProblems.NotFound() : DigitalHumanProblems.Gone(), null);
    }

    /// <summary>The model that answers: the one that was asked for, else the digital human's, else the default; null when there
    /// is none that was asked for. One that was configured when the digital human was made need not be there any more.</summary>
    public ConfiguredModel? ModelFor(string? asked, ModelCatalog models) =>
        !string.IsNullOrEmpty(asked) ? models.Find(asked) : models.Find(Human?.Model) ?? models.Default;
}
