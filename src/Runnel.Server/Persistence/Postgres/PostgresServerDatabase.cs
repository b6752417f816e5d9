using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Server.Persistence.Postgres;

/// <summary>A PostgreSQL database, which several servers share.</summary>
internal sealed class PostgresServerDatabase(IServiceProvider services) : IServerDatabase
{
    private static readonly CleanParameters CleanParameters = new();

    // Not a constructor parameter: a connection string that cannot be read is a failure of the start, not of building the host.
    private PostgresDatabase Database => services.GetRequiredService<PostgresDatabase>();

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(Database.Pool).AddInterceptors(CleanParameters);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await new PostgresMigrations("server", typeof(PostgresServerDatabase).Assembly, "Postgres/")
                .ApplyAsync(Database, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException(
                $"The database cannot be used: {exception.Message} Check Database:ConnectionString and that PostgreSQL runs.",
                exception);
        }
    }

    /// <summary>What is deleted here leaves the files when PostgreSQL vacuums them, which it does by itself.</summary>
    public void EraseSoon()
    {
    }

    public bool IsRefusal(Exception exception) =>
        exception.GetBaseException() is PostgresException { SqlState: ['2', '3', ..] };

    /// <summary>What PostgreSQL answered is the statement's fault, but for connections, resources, operators and the system:
    /// classes 08, 53, 57 and 58. Anything that is no answer is the line's.</summary>
    public bool IsFault(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException { SqlState: var state })
                return state[..2] is "08" or "53" or "57" or "58" || state == PostgresErrorCodes.ReadOnlySqlTransaction;
            if (cause is NpgsqlException)
                return true;
        }

        return false;
    }
}
