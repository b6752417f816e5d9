using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Runnel.Server.Knowledge.Rows;

internal sealed class KnowledgeFactMap : IEntityTypeConfiguration<KnowledgeFact>
{
    public void Configure(EntityTypeBuilder<KnowledgeFact> builder)
    {
        builder.ToTable("knowledge_facts");
        builder.HasKey(row => row.Id);
        builder.Ignore(row => row.About);
    }
}
