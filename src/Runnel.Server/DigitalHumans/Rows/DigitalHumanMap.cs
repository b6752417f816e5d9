using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Runnel.Server.DigitalHumans.Rows;

internal sealed class DigitalHumanMap : IEntityTypeConfiguration<DigitalHuman>
{
    public void Configure(EntityTypeBuilder<DigitalHuman> builder)
    {
        builder.ToTable("digital_humans");
        builder.HasKey(human => human.Id);
    }
}
