using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Persistence.Postgres;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Transfer;

/// <summary>A server on SQLite that people used, exported while it ran and an answer was being written; and servers on what was
/// imported, one for each kind of database.</summary>
[CollectionDefinition(nameof(CarriedWorld))]
public sealed class CarriedWorld : IAsyncLifetime, ICollectionFixture<CarriedWorld>
{
    public const string Piece = "好的，来一段很长的回答。 \"quoted\" \\ back 👩‍🚀 ";
    public const string Odd = "a\0b \u0001 \u2028 \uFFFD 'x' \"y\"";

    private readonly TemporaryDirectory _directory = new();
    private readonly Dictionary<string, (RunnelServer Server, string[] Settings)> _targets = [];
    private FakeUpstream _upstream = null!;
    private RunnelServer _source = null!;

    internal SignedInClient Anna { get; private set; } = null!;

    /// <summary>The settings that lead to the database in which all this was.</summary>
    internal string[] Source { get; private set; } = [];

    /// <summary>What was exported.</summary>
    public byte[] File { get; private set; } = [];

    /// <summary>A message whose answer was written, and the events of that from its beginning.</summary>
    internal System.Text.Json.JsonElement Sent { get; private set; }

    public List<SseEvent> Answer { get; private set; } = [];

    /// <summary>What Anna's own stream said from its beginning, and where that was.</summary>
    public List<SseEvent> OwnEvents { get; private set; } = [];

    public string OwnCursor { get; private set; } = "";

    /// <summary>A message whose answer was being written, with "before " of it.</summary>
    internal System.Text.Json.JsonElement Running { get; private set; }

    public string ApiKey { get; private set; } = "";

    public long Human { get; private set; }

    public long DeletedHuman { get; private set; }

    public string DeletedThread { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        Source = Carrier.FileIn(Path.Combine(_directory.Path, "source"));
        _source = await StartAsync(Source);
        Anna = await SignedInClient.RegisterAsync(_source, "anna@example.org");
        using var otto = await SignedInClient.RegisterAsync(_source, "otto@example.org");
        await TalkAsync(new Speaker(Anna.Client));
        await TrainAsync(new Speaker(Anna.Client));
        await DeleteAsync(new Speaker(otto.Client));
        await FillAsync();
        await BeginAsync(new Speaker(Anna.Client));
        File = await Carrier.ExportAsync(Source);
        foreach (var kind in (string[])["Sqlite", "Postgres"])
        {
            var settings = await EmptyAsync(kind);
            await Carrier.ImportAsync(File, settings);
            _targets[kind] = (await StartAsync(settings), settings);
        }
    }

    /// <summary>Settings that lead to an empty database.</summary>
    public async Task<string[]> EmptyAsync(string kind) => kind == "Postgres"
        ? await SharedPostgres.SettingsAsync()
        : Carrier.FileIn(Path.Combine(_directory.Path, Guid.NewGuid().ToString("N")));

    public RunnelServer On(string kind) => _targets[kind].Server;

    /// <summary>The settings that lead to the database of that server.</summary>
    public string[] SettingsOf(string kind) => _targets[kind].Settings;

    /// <summary>Anna as she was signed in before.</summary>
    public Speaker AnnaOn(string kind) => With(kind, "Bearer " + Anna.AccessToken);

    public Speaker With(string kind, string authorization)
    {
        var client = On(kind).NewClient();
        client.DefaultRequestHeaders.Add("Authorization", authorization);
        return new Speaker(client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (server, _) in _targets.Values)
            await server.DisposeAsync();
        Anna.Dispose();
        await _source.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    private Task<RunnelServer> StartAsync(string[] settings) =>
        RunnelServer.StartAsync([.. Talk.ModelAt(_upstream), .. settings, "Shutdown:GraceSeconds=0"]);

    private async Task TalkAsync(Speaker anna)
    {
        using (var own = await anna.FollowAllAsync())
            OwnCursor = (await own.NextAsync("connected")).Id;
        var held = _upstream.Hold();
        Sent = await anna.SendAsync("hello", clientMessageId: "c-hello");
        for (var i = 0; i < 40; i++)
            await held.SendAsync(Piece);
        await held.FinishAsync();
        Answer = await anna.TurnAsync(Sent);
        using var all = await anna.FollowAllAsync(OwnCursor);
        OwnEvents = await all.UntilAsync(next => next.IsEnd());
    }

    private async Task TrainAsync(Speaker anna)
    {
        Human = await anna.NewHumanAsync();
        (await anna.TeachAsync(Human, "My name is Ada. I live in Paris. I like chess.")).AssertWhole();
        using var made = await Anna.Client.PostAsJsonAsync("/api/v1/auth/api-keys", new { name = "program" });
        ApiKey = (await made.JsonAsync()).GetProperty("key").GetString()!;
    }

    private async Task DeleteAsync(Speaker otto)
    {
        DeletedThread = (await otto.SayAsync("of no use")).Text("thread_id");
        var human = await otto.MakeHumanAsync("Gone");
        DeletedHuman = human.Id();
        using var first = await otto.Client.DeleteAsync(new Uri($"{Speaker.Api}/{DeletedThread}", UriKind.Relative));
        using var second = await otto.DeleteAsync(human);
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
    }

    private async Task BeginAsync(Speaker anna)
    {
        var held = _upstream.Hold();
        Running = await anna.SendAsync("and this");
        await held.SendAsync("before ");
        using var stream = await anna.FollowAsync(Running.Text("thread_id"), Running.Text("cursor"));
        await stream.UntilTextAsync("before ");
    }

    /// <summary>Rows that no request makes by now, and texts that none lets in.</summary>
    private async Task FillAsync()
    {
        var database = _source.Services.GetRequiredService<SqliteDatabase>();
        using var pass = await database.WriteGate.EnterAsync(CancellationToken.None);
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            insert into user_claims (user_id, claim_type, claim_value) select id, @odd, null from users;
            insert into user_logins select 'elsewhere', id, @odd, id from users;
            insert into user_tokens select id, 'elsewhere', 'empty', '' from users;
            update users set phone_number = @odd;
            update digital_humans set temperature = 0.1, greeting = @long
            """;
        command.Parameters.AddWithValue("@odd", Odd);
        command.Parameters.AddWithValue("@long", string.Concat(Enumerable.Repeat(Piece, 20_000)));
        await command.ExecuteNonQueryAsync();
    }
}
