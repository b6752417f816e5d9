using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Rows;

/// <summary>Forgets one thing. It is one transaction: a round that merges at the same time either comes before it, or plans
/// anew.</summary>
internal static class ForgottenKnowledge
{
    /// <summary>False when the digital human knows no such node or edge.</summary>
    public static async Task<bool> TryForgetAsync(
        RunnelDbContext database, long digitalHumanId, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var forgotten =
            await database.Set<KnowledgeNode>().Where(node => node.DigitalHumanId == digitalHumanId && node.NodeId == id)
                .ExecuteDeleteAsync(cancellationToken)
            + await database.Set<KnowledgeEdge>().Where(edge => edge.DigitalHumanId == digitalHumanId && edge.EdgeId == id)
                .ExecuteDeleteAsync(cancellationToken);
        if (forgotten == 0)
            return false;
        await database.Database.ExecuteSqlAsync(
            $"update knowledge_graphs set version = version + 1 where digital_human_id = {digitalHumanId}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
