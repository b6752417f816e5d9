using Microsoft.Extensions.AI;
using Runnel.Server.Answering;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Context;

/// <summary>Reads what goes to a model: who it is, and as much of the branch, up to the message that is to be answered, as it may
/// be given.</summary>
internal sealed class ModelContext(IServiceScopeFactory scopes, Characters characters)
{
    private const int MaxMessages = 400;

    // What is known is a help, and the conversation the matter: of what persona and message leave it takes a quarter.
    private const int ShareOfKnowledge = 4;

    /// <summary>Who answers, as it is now; to be read once in a turn.</summary>
    /// <exception cref="CharacterGoneException">There is none any more that the user may talk to.</exception>
    public Task<Character> ReadCharacterAsync(
        string userId, long digitalHumanId, MessagePlace question, CancellationToken cancellationToken) =>
        characters.ReadAsync(userId, digitalHumanId, question, cancellationToken);

    /// <summary>What a model is asked.</summary>
    /// <param name="question">The message that is to be answered.</param>
    /// <param name="character">Who answers; null for nobody in particular.</param>
    /// <param name="tokens">How much the model may be given, estimated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ModelRequest> ReadAsync(
        MessagePlace question, Character? character, int tokens, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var branch = await Branch.ReadAsync(
            database, question.ThreadId, question.MessageId, MaxMessages, cancellationToken);
        if (character is null)
            return new ModelRequest(new Prompt(ContextWindow.Fit(branch, tokens)), []);
        var given = Given(character, branch[^1], tokens);
        var options = character.Human.Temperature is { } temperature
            ? new ChatOptions { Temperature = (float)temperature }
            : null;
        return new ModelRequest(
            new Prompt(ContextWindow.Fit(branch, tokens, CharacterText.Of(character, given)), options), given);
    }

    private static IReadOnlyList<KnownFact> Given(Character character, Message question, int tokens)
    {
        var left = tokens - TokenEstimate.Of(character.Human.Persona) - TokenEstimate.Of(question.Content);
        return CharacterText.Fitting(character, Math.Min(Characters.MaxTokens, left / ShareOfKnowledge));
    }
}
