using Microsoft.EntityFrameworkCore;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Models;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Questions;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Recalling;

/// <summary>Reads what a round begins with.</summary>
internal sealed class Recall(IServiceScopeFactory scopes, ModelCatalog models)
{
    /// <summary>A model that is told of more would not remember them either.</summary>
    private const int MaxAsked = 200;

    /// <exception cref="RoundException">The digital human is gone.</exception>
    public async Task<Recollection> ReadAsync(Round round, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var human = await OwnDigitalHumans.FindAsync(database, round.OwnerId, round.DigitalHumanId, cancellationToken)
            ?? throw new RoundException(RoundFailure.Deleted);
        var (asked, keys) = await ReadAskedAsync(database, round, cancellationToken);
        var rounds = await database.Database.SqlQuery<int>($"""
            select count(*) as "Value" from training_rounds
            where digital_human_id = {round.DigitalHumanId} and status = 'complete' and round_id <> {round.RoundId}
            """).SingleAsync(cancellationToken);
        return new Recollection(human, models.Find(human.Model) ?? models.Default, round.Message, rounds, asked)
        {
            AskedKeys = keys,
        };
    }

    private static async Task<(List<string> Newest, HashSet<string> Keys)> ReadAskedAsync(
        RunnelDbContext database, Round round, CancellationToken cancellationToken)
    {
        var (newest, keys) = (new List<string>(), new HashSet<string>());
        var asked = database.Database.SqlQuery<string>($"""
            select question as "Value" from training_rounds
            where digital_human_id = {round.DigitalHumanId} and question is not null and round_id <> {round.RoundId}
            order by message_id desc
            """).AsAsyncEnumerable();
        await foreach (var question in asked.WithCancellation(cancellationToken))
        {
            keys.Add(QuestionKey.Of(question));
            if (newest.Count < MaxAsked)
                newest.Add(question);
        }

        return (newest, keys);
    }
}
