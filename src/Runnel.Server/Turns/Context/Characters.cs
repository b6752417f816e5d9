using Runnel.Server.Conversations.Rows;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Context;

/// <summary>Finds out who answers a turn, and what they know that has to do with it. Thread-safe.</summary>
internal sealed class Characters(IServiceScopeFactory scopes, KnowledgeSearch knowledge)
{
    /// <summary>The most that any model is given, in estimated tokens.</summary>
    public const int MaxTokens = 2000;

    // The message, the answer before it, and what that answered.
    private const int Recent = 3;

    /// <summary>A digital human as it is now.</summary>
    /// <param name="userId">To whom it talks.</param>
    /// <param name="digitalHumanId">Which one.</param>
    /// <param name="question">The message that is to be answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CharacterGoneException">There is none any more that the user may talk to.</exception>
    public async Task<Character> ReadAsync(
        string userId, long digitalHumanId, MessagePlace question, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var human = await OwnDigitalHumans.FindUsableAsync(database, userId, digitalHumanId, cancellationToken)
            ?? throw new CharacterGoneException();
        var branch = await Branch.ReadAsync(database, question.ThreadId, question.MessageId, Recent, cancellationToken);
        return new Character(human, await KnownAsync(digitalHumanId, branch, cancellationToken));
    }

    /// <summary>What the message asks for, and then what the one before it did: "and where?" names nothing itself.</summary>
    private async Task<IReadOnlyList<KnownFact>> KnownAsync(
        long digitalHumanId, List<Message> branch, CancellationToken cancellationToken)
    {
        var asked = await knowledge.FindAsync(digitalHumanId, branch[^1].Content, MaxTokens, cancellationToken);
        var before = branch.Count < Recent || branch[0].Role != "user"
            ? []
            : await knowledge.FindAsync(digitalHumanId, branch[0].Content, MaxTokens / 2, cancellationToken);
        return [.. asked.Concat(before).DistinctBy(fact => fact.Id)];
    }
}
