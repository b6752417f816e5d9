using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests;

public sealed class PostgresStreamStoreTests(OneCluster one) : DurableLifeConformance
{
    private string _database = "";
    private OpenedStore _opened = null!;

    public override async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<IStreamStore> OpenAsync()
    {
        if (_database.Length == 0)
            _database = await one.Cluster.CreateDatabaseAsync();
        _opened = await OpenedStore.OpenAsync(_database);
        return _opened.Store;
    }

    protected override async Task RestartAsync()
    {
        await _opened.DisposeAsync();
        Store = await OpenAsync();
    }

    protected override Task SettleAsync() => _opened.CompactAsync();

    protected override IDisposable FailCommits()
    {
        _opened.Execute(
            "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; "
            + "create trigger refuse before insert on journal for each row execute function refuse()");
        return new Trigger(_opened);
    }

    private sealed class Trigger(OpenedStore opened) : IDisposable
    {
        public void Dispose() => opened.Execute("drop trigger refuse on journal; drop function refuse()");
    }
}
