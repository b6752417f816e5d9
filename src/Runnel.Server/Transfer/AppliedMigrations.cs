using System.Data.Common;

namespace Runnel.Server.Transfer;

/// <summary>Which migrations a database has had.</summary>
internal sealed class AppliedMigrations
{
    public const string Server = "server";
    public const string Log = "log";

    private readonly Dictionary<string, HashSet<int>> _numbers = [];

    /// <summary>The newest one of the server's tables; 0 where there are none.</summary>
    public int Schema => NewestOf(Server);

    public IReadOnlySet<int> Of(string component) => _numbers.GetValueOrDefault(component) ?? [];

    public int NewestOf(string component) => Of(component).DefaultIfEmpty().Max();

    /// <summary>Reads them out of a database that has had some.</summary>
    public static async Task<AppliedMigrations> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var applied = new AppliedMigrations();
        await using var command = connection.CreateCommand();
        command.CommandText = "select component, number from migrations";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (!applied._numbers.TryGetValue(rows.GetString(0), out var numbers))
                applied._numbers[rows.GetString(0)] = numbers = [];
            numbers.Add(rows.GetInt32(1));
        }

        return applied;
    }

    /// <exception cref="TransferException">Some of them are newer than those that this program knows.</exception>
    public void RefuseNewer(int knownOfServer, int knownOfLog)
    {
        if (Schema > knownOfServer)
            throw TransferException.Newer("The database", Schema, knownOfServer);
        if (NewestOf(Log) > knownOfLog)
            throw TransferException.Newer("The log of the database", NewestOf(Log), knownOfLog);
    }
}
