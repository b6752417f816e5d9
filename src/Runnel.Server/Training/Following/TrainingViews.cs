using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Streaming;
using Runnel.Streams.Events;
using Runnel.Streams.Views;

namespace Runnel.Server.Training.Following;

/// <summary>Makes the views of training streams. A new one needs the log from before the oldest round that has not ended.</summary>
internal sealed class TrainingViews(IServiceScopeFactory scopes) : IStreamKind
{
    public bool Has(StreamName stream) =>
        TrainingStreams.DigitalHumanIdOf(stream) is not null || TrainingStreams.OwnerIdOf(stream) is not null;

    public IStreamView Create(StreamName stream) => new TrainingView();

    public async ValueTask<long> FindStartAsync(StreamName stream, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        var human = TrainingStreams.DigitalHumanIdOf(stream);
        var starts = human is not null
            ? database.SqlQuery<long?>($"""
                select min(started_after) as "Value" from training_rounds
                where digital_human_id = {human} and status in ('queued', 'running')
                """)
            : database.SqlQuery<long?>($"""
                select min(owner_started_after) as "Value" from training_rounds
                where owner_id = {TrainingStreams.OwnerIdOf(stream)} and status in ('queued', 'running')
                """);
        return await starts.SingleAsync(cancellationToken) ?? long.MaxValue;
    }
}
