using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Runnel.Fakes;
using Runnel.Server.Persistence.Postgres;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Server.Tests.Cluster;

/// <summary>Two servers on one database, which was empty when both started at once. The clock of the second one's machine is an hour
/// behind.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    public const int Requests = 200;

    private string[] _settings = [];

    public FakeUpstream Upstream { get; private set; } = null!;

    public RunnelServer One { get; private set; } = null!;

    public RunnelServer Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await FakeUpstream.StartAsync();
        _settings =
        [
            .. await SharedPostgres.SettingsAsync(), .. Talk.ModelAt(Upstream), "Shutdown:GraceSeconds=0", "Cluster:LeaseSeconds=6",
            "Limits:RunningTurnsPerUser=3", "Limits:StreamsPerUser=3", "Limits:FailedLoginsPerMinute=4",
            $"Limits:RequestsPerMinute={Requests}",
        ];
        var servers = await Task.WhenAll(
            StartAsync(TimeProvider.System), StartAsync(new ClockThatIsOff(TimeSpan.FromHours(-1))));
        (One, Other) = (servers[0], servers[1]);
    }

    /// <summary>Somebody new, signed in at the first server, and the same sign-in at the other.</summary>
    public async Task<(HttpClient AtOne, HttpClient AtOther)> NewUserAsync()
    {
        var user = await One.NewUserAsync();
        var same = Other.NewClient();
        same.DefaultRequestHeaders.Authorization = user.DefaultRequestHeaders.Authorization;
        return (user, same);
    }

    /// <summary>As a server that is gone has left it, or time.</summary>
    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(One.Services.GetRequiredService<PostgresDatabase>().ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // Texts of the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        return await rows.ReadAsync(TestContext.Current.CancellationToken) ? rows.GetInt32(0) : rows.RecordsAffected;
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private Task<RunnelServer> StartAsync(TimeProvider machine) => RunnelServer.StartAsync(
        builder => builder.Services.AddKeyedSingleton(DatabaseClock.Machine, machine), _settings);
}
