using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Titling;

/// <summary>What a title is made from.</summary>
internal sealed class FirstExchange(IServiceScopeFactory scopes)
{
    /// <summary>After how many answers no title is tried any more.</summary>
    private const int MaxAnswers = 5;

    /// <summary>The first question of a conversation with a whole answer; null when the conversation wants no title, or is
    /// being answered in, after which it is asked for again.</summary>
    public async Task<Texts?> FindAsync(string threadId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        return await database
            .SqlQuery<Texts>($"""
                select question.content as "Question", answer.content as "Answer"
                from conversations c
                join turns t on t.thread_id = c.thread_id and t.status = 'complete'
                join messages question on question.message_id = t.user_message_id
                join messages answer on answer.message_id = t.message_id
                where c.thread_id = {threadId} and c.titled_by in ('nobody', 'message') and c.running_turn_id is null
                  and (select count(*) from turns where thread_id = {threadId} and status = 'complete') <= {MaxAnswers}
                order by t.created_at, t.turn_id limit 1
                """)
            .FirstOrDefaultAsync(cancellationToken);
    }

    internal sealed record Texts(string Question, string Answer);
}
