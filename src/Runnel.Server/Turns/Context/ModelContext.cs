using Microsoft.Extensions.AI;
using Runnel.Server.Answering;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Context;

/// <summary>Reads what goes to a model: as much of the branch, up to the message that is to be answered, as it may be given.</summary>
internal sealed class ModelContext(IServiceScopeFactory scopes, Characters characters)
{
    private const int MaxMessages = 400;

    /// <summary>Who answers, as it is now; to be read once in a turn.</summary>
    /// <exception cref="CharacterGoneException">There is none any more that the user may talk to.</exception>
    public Task<Character> ReadCharacterAsync(string userId, long digitalHumanId, CancellationToken cancellationToken) =>
        characters.ReadAsync(userId, digitalHumanId, cancellationToken);

    /// <summary>What a model is asked.</summary>
    /// <param name="threadId">The conversation.</param>
    /// <param name="userMessageId">The message that is to be answered.</param>
    /// <param name="character">Who answers; null for nobody in particular.</param>
    /// <param name="tokens">How much the model may be given, estimated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Prompt> ReadAsync(
        string threadId, string userMessageId, Character? character, int tokens, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var branch = await Branch.ReadAsync(database, threadId, userMessageId, MaxMessages, cancellationToken);
        var persona = character is null ? null : CharacterText.Of(character);
        return new Prompt(
            ContextWindow.Fit(branch, tokens, persona),
            character?.Human.Temperature is { } temperature ? new ChatOptions { Temperature = (float)temperature } : null);
    }
}
