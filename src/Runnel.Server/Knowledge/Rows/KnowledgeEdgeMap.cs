using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Runnel.Server.Knowledge.Rows;

internal sealed class KnowledgeEdgeMap : IEntityTypeConfiguration<KnowledgeEdge>
{
    public void Configure(EntityTypeBuilder<KnowledgeEdge> builder)
    {
        builder.ToTable("knowledge_edges");
        builder.HasKey(row => row.EdgeId);
    }
}
