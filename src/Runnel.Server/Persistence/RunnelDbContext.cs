using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Runnel.Server.Persistence;

/// <summary>
/// What EF knows of the database: accounts here, and what slices map with <see cref="IEntityTypeConfiguration{TEntity}"/>, which
/// they reach by <c>Set&lt;T&gt;()</c>. It maps and nothing else; the tables are made by the files in <c>Migrations/</c>.
/// </summary>
internal sealed class RunnelDbContext : IdentityUserContext<Account>
{
    public RunnelDbContext(DbContextOptions<RunnelDbContext> options)
        : base(options) =>
        // A single statement outside a transaction would start writing without passing the write gate.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>().ToTable("users");
        builder.Entity<IdentityUserClaim<string>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("user_tokens");
        builder.ApplyConfigurationsFromAssembly(typeof(RunnelDbContext).Assembly);
        SnakeCaseNames.ApplyTo(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
        // As the statements of participants have it, which are one text for all databases.
        configurationBuilder.Properties<bool>().HaveConversion<int>();
    }
}
