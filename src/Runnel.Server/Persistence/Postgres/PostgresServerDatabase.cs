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

    /// <summary>What makes the server's tables.</summary>
    public static PostgresMigrations Migrations { get; } = new("server", typeof(PostgresServerDatabase).Assembly, "Postgres/");

    // Not a constructor parameter: a connection string that cannot be read is a failure of the start, not of building the host.
    private PostgresDatabase Database => services.GetRequiredService<PostgresDatabase>();

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(Database.Pool).AddInterceptors(CleanParameters);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Migrations.ApplyAsync(Database, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException(
                $"The database cannot be used: {exception.Message} Check Database:ConnectionString and that PostgreSQL runs.",
                exception);
        }
    }

    public async Task<IReadOnlyList<string>> ClaimAsync(
        string table, string key, long incarnation, int limit, CancellationToken cancellationToken)
    {
        const string Living = "select 1 from writers w where not w.fenced and w.incarnation";
#pragma warning disable CA2100 // The names are constants of the program.
        await using var command = Database.Pool.CreateCommand($"""
            update {table} set incarnation = $1 where {key} in (
              select t.{key} from {table} t
              where t.status = 'running' and not exists ({Living} = t.incarnation) and exists ({Living} = $1)
              limit $2 for update of t skip locked)
            returning {key}
            """);
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = incarnation });
        command.Parameters.Add(new() { Value = limit });
        var taken = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            taken.Add(rows.GetString(0));
        return taken;
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
