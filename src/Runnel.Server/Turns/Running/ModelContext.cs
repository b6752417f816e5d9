using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Running;

/// <summary>What goes to the model: the newest messages of the branch that fit, whole, up to the one that is to be answered.</summary>
internal sealed class ModelContext(IServiceScopeFactory scopes)
{
    private const int MaxMessages = 400;
    private const int MaxCharacters = 200_000;

    public async Task<List<ChatMessage>> ReadAsync(Turn turn, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var branch = await Branch.ReadAsync(database, turn.ThreadId, turn.UserMessageId, MaxMessages, cancellationToken);
        var context = new List<ChatMessage>();
        var characters = 0;
        for (var i = branch.Count - 1; i >= 0; i--)
        {
            characters += branch[i].Content.Length;
            if (characters > MaxCharacters && context.Count > 0)
                break;
            if (branch[i].Content.Length > 0)
                context.Add(new ChatMessage(Role(branch[i]), branch[i].Content));
        }

        context.Reverse();
        return context;
    }

    private static ChatRole Role(Message message) => message.Role == "user" ? ChatRole.User : ChatRole.Assistant;
}
