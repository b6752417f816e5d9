using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Steps;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Listing;

/// <summary>A message of the history, as its row says.</summary>
internal sealed record TrainingMessageRow(
    string MessageId,
    string RoundId,
    string? ClientMessageId,
    string Content,
    string Status,
    string? Question,
    string? Learned,
    string? ErrorCode,
    string CreatedAt,
    string? EndedAt)
{
    /// <summary>The newest before a message, the newest first.</summary>
    public static Task<List<TrainingMessageRow>> ReadAsync(
        RunnelDbContext database, long digitalHumanId, string? before, int count, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<TrainingMessageRow>($"""
            select message_id as "MessageId", round_id as "RoundId", client_message_id as "ClientMessageId",
              content as "Content", status as "Status", question as "Question", learned as "Learned",
              error_code as "ErrorCode", created_at as "CreatedAt", ended_at as "EndedAt"
            from training_rounds
            where digital_human_id = {digitalHumanId} and (cast({before} as text) is null or message_id < {before})
            order by message_id desc limit {count}
            """).ToListAsync(cancellationToken);

    public TrainingMessageItem ToItem() => new(
        MessageId,
        RoundId,
        ClientMessageId,
        Content,
        Status,
        Question,
        WorkflowJson.Element(Learned is null ? Extraction.Nothing : WorkflowJson.Read<Extraction>(Learned)),
        ErrorCode,
        UtcText.Read(CreatedAt),
        EndedAt is null ? null : UtcText.Read(EndedAt));
}
