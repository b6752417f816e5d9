using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Context;

/// <summary>Reads what goes to a model: as much of the branch, up to the message that is to be answered, as it may be given.</summary>
internal sealed class ModelContext(IServiceScopeFactory scopes)
{
    private const int MaxMessages = 400;

    /// <param name="threadId">The conversation.</param>
    /// <param name="userMessageId">The message that is to be answered.</param>
    /// <param name="tokens">How much the model may be given, estimated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<ChatMessage>> ReadAsync(
        string threadId, string userMessageId, int tokens, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var branch = await Branch.ReadAsync(database, threadId, userMessageId, MaxMessages, cancellationToken);
        return ContextWindow.Fit(branch, tokens);
    }
}
