using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Persistence;

/// <summary>Opens the database and brings the server's tables up to date before anything else of the host starts.</summary>
internal sealed class DatabaseStart(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Prepare(services);
        return Task.CompletedTask;
    }

    /// <summary>The same for a command that does not start the server.</summary>
    public static void Prepare(IServiceProvider services)
    {
        // Not a constructor parameter: a database that cannot be opened is a failure of the start, not of building the host.
        var database = services.GetRequiredService<SqliteDatabase>();
        new SqliteMigrations("server", typeof(DatabaseStart).Assembly).Apply(database);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
